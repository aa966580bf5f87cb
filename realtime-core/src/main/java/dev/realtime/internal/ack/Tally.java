package dev.realtime.internal.ack;

/**
 * How many transactions went down one leg of a subscription's way, and how many of them are finished. Counted up by the
 * thread that reads the stream and by the subscription's thread, each its own number.
 */
public final class Tally {

    private long offered;
    private volatile long finished;

    boolean isEven() {
        return finished == offered;
    }

    void countOffered() {
        offered++;
    }

    void countFinished() {
        finished++; // one writer: the subscription
    }
}
