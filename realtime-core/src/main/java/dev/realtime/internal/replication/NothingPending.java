package dev.realtime.internal.replication;

import java.net.SocketTimeoutException;

/** The answer to the driver's peek where no byte is there: what it would have got a millisecond later. Immutable. */
final class NothingPending extends SocketTimeoutException {

    static final NothingPending INSTANCE = new NothingPending();

    private static final long serialVersionUID = 1L;

    private NothingPending() {
        super("Nothing is pending");
    }

    /** One instance serves all, thousands of times a second. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
