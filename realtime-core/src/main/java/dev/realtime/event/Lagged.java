package dev.realtime.event;

/**
 * A live subscriber missed changes here: it was too slow for them. What it knows of the entities may be out of date, and
 * is made good by asking the database. Immutable.
 *
 * @param <T> the entity
 */
public final class Lagged<T> implements LiveItem<T> {

    private final long count;

    Lagged(long count) {
        if (count < 1) {
            throw new IllegalArgumentException("Who has missed nothing does not lag: " + count);
        }
        this.count = count;
    }

    /**
     * How many changes were missed between the item before and the next.
     *
     * @return at least 1
     */
    public long count() {
        return count;
    }

    @Override
    public String toString() {
        return count + " missed";
    }
}
