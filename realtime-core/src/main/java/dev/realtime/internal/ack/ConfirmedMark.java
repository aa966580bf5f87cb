package dev.realtime.internal.ack;

import java.util.ArrayList;
import java.util.List;

/**
 * How far the server may forget: the end of the longest prefix of transactions that every subscription has finished.
 * Confined to the reader thread where a method does not say otherwise.
 */
public final class ConfirmedMark {

    private final List<Cursor> cursors = new ArrayList<>();
    private final Succession transactions = new Succession();
    private volatile long mark;

    /**
     * A subscription joins, before the first transaction.
     *
     * @return its cursor
     */
    public Cursor join() {
        Cursor cursor = new Cursor(this);
        cursors.add(cursor);
        return cursor;
    }

    /**
     * The stream begins where everything before was confirmed by an earlier process.
     *
     * @param confirmed the slot's position, unsigned
     */
    public void resume(long confirmed) {
        transactions.resume(confirmed);
        cursors.forEach(cursor -> cursor.begin(confirmed));
        mark = confirmed;
    }

    /**
     * The transactions of the shared stream.
     *
     * @return gives them their tickets
     */
    public Succession transactions() {
        return transactions;
    }

    /**
     * The server said how far it is. That may be confirmed where nothing is open, queued or running, and is of no account
     * otherwise.
     *
     * @param walEnd the keepalive's position, unsigned
     */
    public void keepalive(long walEnd) {
        if (isIdle()) {
            transactions.passTo(walEnd);
        }
    }

    /**
     * Whether no transaction is open, queued or running.
     *
     * @return true where everything that came is finished
     */
    public boolean isIdle() {
        if (transactions.open() != null) {
            return false;
        }
        for (int i = 0; i < cursors.size(); i++) {
            if (!cursors.get(i).isIdle() && !cursors.get(i).isReleased()) {
                return false;
            }
        }
        return true;
    }

    /**
     * How many transactions were given to subscriptions on the shared stream.
     *
     * @return a number that grows
     */
    public long offers() {
        long offers = 0;
        for (int i = 0; i < cursors.size(); i++) {
            offers += cursors.get(i).offers();
        }
        return offers;
    }

    /**
     * Moves the mark over what was finished since the last call.
     *
     * @return the mark: the position to confirm, unsigned
     */
    public long advance() {
        long least = transactions.lastEnd();
        for (int i = 0; i < cursors.size(); i++) {
            Cursor cursor = cursors.get(i);
            if (!cursor.isIdle() && !cursor.isReleased() && Long.compareUnsigned(cursor.position(), least) < 0) {
                least = cursor.position();
            }
        }
        if (Long.compareUnsigned(least, mark) > 0) {
            mark = least;
        }
        return mark;
    }

    /**
     * Whether a subscription has not finished something that lies before a position, so that the server must keep it.
     *
     * @param cursor how far the subscription is
     * @param position unsigned
     * @return true where the server could forget it, if it were not for this subscription
     */
    public boolean isHeldBefore(Cursor cursor, long position) {
        return !cursor.isReleased()
                && !cursor.isIdle()
                && Long.compareUnsigned(cursor.position(), position) < 0
                && Long.compareUnsigned(mark, position) < 0;
    }

    /**
     * The mark as it is. Safe to call from any thread.
     *
     * @return an unsigned position
     */
    public long position() {
        return mark;
    }
}
