package dev.realtime.internal.replication;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.concurrent.locks.LockSupport;

/**
 * The reading side of a {@link WaitingSocket}: a buffer that the reader fills by waiting and the driver, or JSSE beneath
 * it, empties by reading. Rests on three habits of the driver, held by tests against its newest version: it looks for a
 * message with a read under a time-out of 1 ms at a message boundary, takes a time-out there for "none", and has
 * consumed nothing by then. Confined to the reader thread.
 */
final class WaitingInput extends InputStream {

    /** Asked in the middle of a message, where the driver's lock is held and the reader cannot leave. */
    @FunctionalInterface
    interface InsideMessage {
        /**
         * Does what is due.
         *
         * @return the longest time until it must be asked again, in nanoseconds
         * @throws IOException where the message is not worth waiting for any more
         */
        long tick() throws IOException;
    }

    /** As much as the JDK reads at once. */
    private static final int BUFFER_LENGTH = 128 * 1024;

    private static final int FULL_READ = 32 * 1024;
    private static final int QUICK_READS = 16;
    private static final long QUICK_NANOS = 200_000;
    private static final long GATHER_NANOS = 50_000;

    private final WaitingSocket socket;
    private final InputStream raw;
    private InsideMessage insideMessage = () -> Long.MAX_VALUE;
    private byte[] buffer = new byte[0];
    private int position;
    private int limit;
    private boolean taken = true;
    private boolean atEnd;
    private int quickReads;
    private int lastRead;
    private long lastByteNanos = System.nanoTime();
    private long idleNanos;
    private long reads;
    private long bytes;

    WaitingInput(WaitingSocket socket, InputStream raw) {
        this.socket = socket;
        this.raw = raw;
    }

    void startPolling(InsideMessage insideMessage) {
        this.insideMessage = insideMessage;
        buffer = new byte[BUFFER_LENGTH];
    }

    /**
     * Waits for bytes at a message boundary, after the driver has said that nothing is pending.
     *
     * @param nanos the longest time to wait
     */
    Wake await(long nanos) throws IOException {
        socket.waiting(true);
        try {
            if (atEnd || socket.isEnding()) {
                return Wake.END;
            }
            // Bytes that the driver left alone, such as a last CommandComplete or a TLS close_notify, are no news.
            if (position < limit && taken) {
                taken = false;
                return Wake.DATA;
            }
            gather();
            int read = readRaw(nanos);
            if (read > 0) {
                taken = false;
                return Wake.DATA;
            }
            return read == 0 && !socket.isEnding() ? Wake.TIMEOUT : Wake.END;
        } catch (IOException e) {
            if (socket.isEnding()) {
                return Wake.END;
            }
            throw e;
        } finally {
            socket.waiting(false);
        }
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (!socket.isPolling()) {
            int read = raw.read(target, offset, length);
            lastByteNanos = System.nanoTime();
            return read;
        }
        if (length == 0) {
            return 0;
        }
        if (position == limit) {
            if (atEnd || socket.isClosing()) {
                return -1;
            }
            if (socket.isPeek()) {
                throw NothingPending.INSTANCE;
            }
            if (!readInsideMessage()) {
                return -1;
            }
        }
        int count = Math.min(length, limit - position);
        System.arraycopy(buffer, position, target, offset, count);
        position += count;
        taken = true;
        return count;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int available() throws IOException {
        return socket.isPolling() ? limit - position : raw.available();
    }

    private boolean readInsideMessage() throws IOException {
        gather();
        int read;
        do {
            read = readRaw(insideMessage.tick());
        } while (read == 0);
        return read > 0;
    }

    /** Many small reads in a row cost a wake-up each on both sides: let some bytes come together first. */
    private void gather() {
        if (quickReads >= QUICK_READS && lastRead < FULL_READ) {
            LockSupport.parkNanos(GATHER_NANOS);
        }
    }

    /** Appends what one read of the socket gives; 0 where the time passed, -1 at the end. */
    private int readRaw(long nanos) throws IOException {
        makeRoom();
        socket.setRawTimeout(nanos);
        long before = System.nanoTime();
        int read;
        try {
            read = raw.read(buffer, limit, buffer.length - limit);
        } catch (SocketTimeoutException e) {
            idleNanos += System.nanoTime() - before;
            quickReads = 0;
            return 0;
        }
        if (read < 0) {
            atEnd = true;
            return -1;
        }
        long now = System.nanoTime();
        quickReads = now - before < QUICK_NANOS ? quickReads + 1 : 0;
        lastRead = read;
        lastByteNanos = now;
        idleNanos = 0;
        limit += read;
        reads++;
        bytes += read;
        return read;
    }

    private void makeRoom() throws SocketException {
        if (position == limit) {
            position = 0;
            limit = 0;
        } else if (position > 0) {
            System.arraycopy(buffer, position, buffer, 0, limit - position);
            limit -= position;
            position = 0;
        }
        if (limit == buffer.length) {
            throw new SocketException("The driver leaves " + limit + " bytes of the stream unread");
        }
    }

    /** When the last byte came, on the clock of {@link System#nanoTime}. */
    long lastByteNanos() {
        return lastByteNanos;
    }

    /** For how long the reader has waited in vain since then; time that it spent elsewhere does not count. */
    long idleNanos() {
        return idleNanos;
    }

    long reads() {
        return reads;
    }

    long bytes() {
        return bytes;
    }
}
