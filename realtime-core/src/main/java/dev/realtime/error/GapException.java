package dev.realtime.error;

/**
 * Changes are lost or may be: the slot does not stand where this application left it. The stream stops before anything
 * behind the gap is delivered.
 */
public class GapException extends RealtimeException {

    private static final long serialVersionUID = 1L;

    /**
     * A gap.
     *
     * @param message which changes cannot be delivered any more, why, and how to go on
     */
    public GapException(String message) {
        super(message);
    }
}
