package dev.realtime.internal.ack;

import org.jspecify.annotations.Nullable;

/**
 * How far one subscription is: it has finished every transaction that ends at or before its position. It is on the shared
 * stream, or has left it and catches up by itself. Thread-safe for one reader of the shared stream, one reader of the
 * stream it catches up on, and one subscription.
 */
public final class Cursor {

    private final ConfirmedMark mark;

    private volatile long done;

    /** What the subscription runs on at the moment; written by the subscription. */
    private volatile @Nullable Tally running;

    /** What the shared stream gives it; null where it has left. Confined to the reader of the shared stream. */
    private @Nullable Tally shared;

    /** How many transactions the shared stream has given it. Confined to the reader of the shared stream. */
    private long offers;

    /** Whether the server may forget what it has not finished. Confined to the reader of the shared stream. */
    private boolean released;

    Cursor(ConfirmedMark mark) {
        this.mark = mark;
    }

    /**
     * Where it begins. Called once, before its subscription runs.
     *
     * @param position an unsigned position
     */
    public void begin(long position) {
        done = position;
    }

    /**
     * It is on the shared stream from its next transaction on. Called by the reader of the shared stream.
     *
     * @param tally counts what it is given from now on
     */
    public void join(Tally tally) {
        shared = tally;
    }

    /** It has left the shared stream, wherever it was. Called by the reader of the shared stream. */
    public void leave() {
        shared = null;
    }

    /**
     * A transaction has a row for this subscription. Called once a transaction, by the reader of the stream it comes on,
     * before it is handed over.
     *
     * @param tally counts what the stream gives
     * @param ticket the transaction
     */
    public void offered(Tally tally, Ticket ticket) {
        if (tally == shared && isIdle()) {
            moveTo(ticket.previousEnd()); // the subscription touches it only while something is offered
        }
        tally.countOffered();
        if (tally == shared) {
            offers++;
        }
    }

    /**
     * The subscription runs on another stream from now on, having finished all of the one before. Called by the
     * subscription.
     *
     * @param tally counts what the stream gives
     */
    public void runOn(Tally tally) {
        running = tally;
    }

    /**
     * The subscription turns to a transaction, having finished all before it. Called by the subscription.
     *
     * @param ticket the transaction
     */
    public void begun(Ticket ticket) {
        moveTo(ticket.previousEnd());
    }

    /**
     * The subscription has handled the transaction whole. Called by the subscription.
     *
     * @param tally counts what the stream gave
     * @param ticket the transaction
     */
    public void finished(Tally tally, Ticket ticket) {
        moveTo(ticket.endLsn());
        tally.countFinished();
    }

    /** It has no claim any more: the server may forget what it has not finished. Called by the reader of the shared stream. */
    public void release() {
        released = true;
    }

    boolean isReleased() {
        return released;
    }

    private void moveTo(long position) {
        if (Long.compareUnsigned(position, done) > 0) {
            done = position;
        }
    }

    long offers() {
        return offers;
    }

    /** Whether it has finished everything that the shared stream has brought. Called by the reader of the shared stream. */
    boolean isIdle() {
        Tally tally = shared;
        return tally != null && tally == running && tally.isEven();
    }

    /**
     * How far the subscription is, at least.
     *
     * @return an unsigned position
     */
    public long position() {
        return done;
    }

    /**
     * How far the subscription is, also where it had nothing to do: then its position stayed behind, and the mark did not,
     * which is never past what a subscription has not finished, if it has a claim. Safe to call from any thread.
     *
     * @return an unsigned position
     */
    public long reached() {
        long marked = mark.position();
        long own = done;
        return Long.compareUnsigned(own, marked) > 0 ? own : marked;
    }
}
