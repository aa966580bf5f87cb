package dev.realtime.error;

/** A live subscription was ended because it was too slow, as its policy says. Ask the database and subscribe again. */
public class LaggedException extends RealtimeException {

    private static final long serialVersionUID = 1L;

    /** How many changes it missed. */
    private final long missed;

    /**
     * The end of a subscription.
     *
     * @param message which subscription, what it missed, and how to go on
     * @param missed how many changes it missed until then
     */
    public LaggedException(String message, long missed) {
        super(message);
        this.missed = missed;
    }

    /**
     * How many changes were not delivered until the subscription was ended.
     *
     * @return at least 1
     */
    public long missed() {
        return missed;
    }
}
