package dev.realtime.event;

/**
 * What became of the changes that were published to live subscriptions: {@code published = delivered + dropped + queued},
 * always, and when a subscription has ended too. Immutable.
 *
 * @param published changes since the subscription began
 * @param delivered changes that were handed to the subscriber, those that could not be decoded among them
 * @param dropped changes that were missed, coalesced, or left when the subscription ended
 * @param queued changes that wait
 */
public record LiveCounts(long published, long delivered, long dropped, long queued) {

    /** Nothing yet. */
    public static final LiveCounts NONE = new LiveCounts(0, 0, 0, 0);

    /** Refuses what does not add up. */
    public LiveCounts {
        if (published != delivered + dropped + queued) {
            throw new IllegalArgumentException(published + " is not " + delivered + " + " + dropped + " + " + queued);
        }
    }

    /**
     * Both together.
     *
     * @param other of other subscriptions
     * @return the sums
     */
    public LiveCounts plus(LiveCounts other) {
        return new LiveCounts(
                published + other.published,
                delivered + other.delivered,
                dropped + other.dropped,
                queued + other.queued);
    }
}
