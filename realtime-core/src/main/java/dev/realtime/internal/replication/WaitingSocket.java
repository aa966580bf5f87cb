package dev.realtime.internal.replication;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import org.jspecify.annotations.Nullable;

/**
 * The raw socket under the driver, and under its TLS. Until {@link #startPolling} it behaves like any other; from then
 * on the reader thread waits on it with a deadline, outside every lock of the driver, and the driver's own peek for a
 * pending message is answered at once.
 *
 * <p>Confined to the reader thread, except {@link #endReading}, {@link #hardClose} and what the driver calls to write.
 */
final class WaitingSocket extends Socket {

    private @Nullable WaitingInput input;
    private volatile int wantedTimeout;
    private volatile boolean polling;
    private volatile boolean waiting;
    private volatile boolean ending;
    private volatile boolean closing;

    @Override
    public synchronized InputStream getInputStream() throws IOException {
        if (input == null) {
            input = new WaitingInput(this, super.getInputStream());
        }
        return input;
    }

    /**
     * From here on the driver polls. To be called by the reader thread, at a message boundary.
     *
     * @param insideMessage asked before each raw read in the middle of a message
     * @return what the reader waits on
     */
    WaitingInput startPolling(WaitingInput.InsideMessage insideMessage) throws IOException {
        WaitingInput waitingInput = (WaitingInput) getInputStream();
        waitingInput.startPolling(insideMessage);
        polling = true;
        return waitingInput;
    }

    /** The driver's peek sets 1 ms around its read and the old value after it: noted, and set by each raw read. */
    @Override
    public void setSoTimeout(int timeout) throws SocketException {
        wantedTimeout = timeout;
        if (!polling) {
            super.setSoTimeout(timeout);
        }
    }

    @Override
    public int getSoTimeout() {
        return wantedTimeout;
    }

    void setRawTimeout(long nanos) throws SocketException {
        super.setSoTimeout((int) Math.max(1, Math.min(Integer.MAX_VALUE, (nanos + 999_999) / 1_000_000)));
    }

    /** Whether the driver only wants to know if a message has begun. */
    boolean isPeek() {
        return wantedTimeout == 1;
    }

    boolean isPolling() {
        return polling;
    }

    /** Marks the reader as waiting; {@link #endReading} wakes it exactly then. */
    void waiting(boolean now) {
        waiting = now;
    }

    boolean isEnding() {
        return ending;
    }

    /** True once the driver, or JSSE beneath it, must not be made to wait for bytes any more. */
    boolean isClosing() {
        return closing;
    }

    /** The reader is told to stop: at once where it waits, at the next message boundary elsewhere. From any thread. */
    void endReading() {
        ending = true;
        if (waiting) {
            try {
                shutdownInput();
            } catch (IOException alreadyClosed) {
                // Then the reader wakes by that.
            }
        }
    }

    /** Lets the driver close the connection in an orderly way without reading what is left. */
    void startClosing() {
        closing = true;
    }

    /** Closes the raw socket: every read and write on it ends at once. From any thread. */
    void hardClose() {
        ending = true;
        closing = true;
        try {
            close();
        } catch (IOException alreadyGone) {
            // Closing is all that was wanted.
        }
    }
}
