package dev.realtime.internal.engine;

/** How far the stream was read and how far the server is, for whoever asks. Written by the reader thread. Thread-safe. */
final class Positions {

    private volatile long received;
    private volatile long server;
    private volatile long goesOnFrom;

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

    /** A gap was told, and behind it the stream goes on from a position. */
    void goesOnFrom(long position) {
        goesOnFrom = position;
    }

    /** Where the stream goes on behind the last gap, unsigned; 0 where there was none. */
    long goesOnFrom() {
        return goesOnFrom;
    }

    long received() {
        return received;
    }

    long server() {
        return server;
    }
}
