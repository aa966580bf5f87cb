package dev.realtime.error;

/**
 * Another instance of the application has taken over, or another server wrote the stored position: what this instance
 * would still write is rolled back.
 */
public class FencedException extends RealtimeException {

    private static final long serialVersionUID = 1L;

    /**
     * An instance that is not the owner any more.
     *
     * @param message whose position it is, and what was found
     */
    public FencedException(String message) {
        super(message);
    }
}
