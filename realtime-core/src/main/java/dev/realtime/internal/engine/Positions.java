package dev.realtime.internal.engine;

/** How far the stream was read and how far the server is, for whoever asks. Written by the reader thread. Thread-safe. */
final class Positions {

    private volatile long received;
    private volatile long server;

    /** A record came with a position; they are not in order, and some have none. */
    void received(long position) {
        if (Long.compareUnsigned(position, received) > 0) {
            received = position;
            server(position);
        }
    }

    void server(long position) {
        if (Long.compareUnsigned(position, server) > 0) {
            server = position;
        }
    }

    long received() {
        return received;
    }

    long server() {
        return server;
    }
}
