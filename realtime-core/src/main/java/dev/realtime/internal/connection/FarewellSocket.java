package dev.realtime.internal.connection;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A socket that is closed once the server has closed its side, which a backend does by ending: so the next connection is
 * never counted beside one that its client has left already. A server that does not answer is not waited for for long.
 * Thread-safe as its parent is.
 */
final class FarewellSocket extends Socket {

    private final long longestNanos;
    private final AtomicBoolean leaving = new AtomicBoolean();

    /** @param longest how long closing may wait for the server */
    FarewellSocket(Duration longest) {
        this.longestNanos = longest.toNanos();
    }

    @Override
    public void close() throws IOException {
        if (isConnected() && !isClosed() && leaving.compareAndSet(false, true)) {
            try {
                awaitEnd();
            } catch (IOException brokenAlready) {
                // there is nobody to wait for
            }
        }
        super.close();
    }

    private void awaitEnd() throws IOException {
        long until = System.nanoTime() + longestNanos;
        shutdownOutput();
        InputStream in = getInputStream();
        byte[] unread = new byte[512];
        long left;
        do {
            left = until - System.nanoTime();
            setSoTimeout((int) Math.max(1, left / 1_000_000));
        } while (left > 0 && in.read(unread) >= 0);
    }
}
