package dev.realtime.internal.transaction;

import dev.realtime.error.ProtocolException;
import dev.realtime.internal.pgoutput.Begin;
import dev.realtime.internal.pgoutput.Commit;
import dev.realtime.internal.pgoutput.DeleteMessage;
import dev.realtime.internal.pgoutput.InsertMessage;
import dev.realtime.internal.pgoutput.OldTuple;
import dev.realtime.internal.pgoutput.PgOutputMessage;
import dev.realtime.internal.pgoutput.Relation;
import dev.realtime.internal.pgoutput.TruncateMessage;
import dev.realtime.internal.pgoutput.Tuple;
import dev.realtime.internal.pgoutput.UpdateMessage;
import dev.realtime.wal.Lsn;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns messages into row changes with their place in the order of all changes, over any number of sessions. Confined to
 * the reader thread.
 */
public final class TransactionStream {

    private final TransactionListener listener;
    private final Map<Integer, Relation> relations = new HashMap<>();

    /** Of the session: rows of transactions committed up to here may have been sent to some process before. */
    private long redeliveryHorizon;

    private @Nullable Transaction current;
    private long nextOrdinal;
    /** Whether the server sends the current transaction again and it went on whole. */
    private boolean passingOver;

    /** The commit record of the last transaction that went on whole; 0 before the first. */
    private long lastCommitLsn;
    /** A transaction that went on in part; its end is still to come. */
    private @Nullable Transaction unfinished;
    /** How many of its row changes went on. */
    private long unfinishedOrdinals;

    /**
     * A stream before its first session.
     *
     * @param listener gets what is new
     */
    public TransactionStream(TransactionListener listener) {
        this(listener, 0);
    }

    /**
     * A stream before its first session that passes over what was finished elsewhere.
     *
     * @param listener gets what is new
     * @param lastCommit transactions whose commit record does not lie behind it are passed over; unsigned, 0 for none
     */
    public TransactionStream(TransactionListener listener, long lastCommit) {
        this.listener = listener;
        this.lastCommitLsn = lastCommit;
    }

    /**
     * A session begins: the server forgets which relations it sent, and starts at the first unconfirmed transaction.
     *
     * @param redeliveryHorizon the server's WAL position now, unsigned; 0 where the slot is new
     */
    public void sessionStarted(long redeliveryHorizon) {
        this.redeliveryHorizon = redeliveryHorizon;
        relations.clear();
        current = null;
    }

    /**
     * Between two sessions: what was committed before a position is lost, or was handled elsewhere, and that was told. A
     * transaction that went on in part is cut there.
     *
     * @param position where the server goes on, unsigned
     */
    public void passTo(long position) {
        Transaction cut = unfinished;
        if (cut != null && Long.compareUnsigned(cut.commitLsn(), position) < 0) {
            current = null;
            unfinished = null;
            lastCommitLsn = cut.commitLsn();
            listener.cut(cut);
        }
    }

    /**
     * Takes the next message of the session.
     *
     * @param message the message
     * @param lsn the position in its envelope: of a Commit, the end of its transaction; of others, for errors
     * @throws ProtocolException where the message cannot come here
     * @throws CutTransaction where a transaction that was cut in the middle does not come again
     */
    public void accept(PgOutputMessage message, long lsn) {
        if (message instanceof InsertMessage insert) {
            Relation relation = relation(insert.relationId(), "Insert", lsn);
            fits(insert.after(), relation, "Insert", lsn);
            row(relation, insert, lsn);
        } else if (message instanceof UpdateMessage update) {
            Relation relation = relation(update.relationId(), "Update", lsn);
            fits(update.before(), relation, "Update", lsn);
            fits(update.after(), relation, "Update", lsn);
            row(relation, update, lsn);
        } else if (message instanceof DeleteMessage delete) {
            Relation relation = relation(delete.relationId(), "Delete", lsn);
            fits(delete.before(), relation, "Delete", lsn);
            row(relation, delete, lsn);
        } else if (message instanceof TruncateMessage truncate) {
            for (int relationId : truncate.relationIds()) {
                row(relation(relationId, "Truncate", lsn), truncate, lsn);
            }
        } else if (message instanceof Begin begin) {
            begin(begin, lsn);
        } else if (message instanceof Commit commit) {
            commit(commit, lsn);
        } else if (message instanceof Relation relation) {
            relations.put(relation.id(), relation);
            listener.relation(relation);
        }
        // Origin, Type and logical messages are no row changes and take no ordinal.
    }

    private void begin(Begin begin, long lsn) {
        if (current != null) {
            throw new ProtocolException("Begin", Lsn.of(lsn), "a transaction is open", null);
        }
        long commitLsn = begin.finalLsn();
        passingOver = lastCommitLsn != 0 && Long.compareUnsigned(commitLsn, lastCommitLsn) <= 0;
        nextOrdinal = 0;
        if (unfinished != null && !passingOver) {
            if (unfinished.commitLsn() != commitLsn) {
                throw new CutTransaction("The transaction committed at " + Lsn.of(unfinished.commitLsn())
                        + " was delivered in part before the connection broke, and the server went on with the one at "
                        + Lsn.of(commitLsn) + " instead of sending it again. Something else moved the slot.");
            }
            // Between the two sessions another process may have had the slot, and been sent the rest.
            unfinished = new Transaction(commitLsn, begin.commitMicros(), begin.xid(), mayHaveBeenSent(commitLsn));
            current = unfinished;
            return;
        }
        boolean possibleRedelivery = passingOver || mayHaveBeenSent(commitLsn);
        current = new Transaction(commitLsn, begin.commitMicros(), begin.xid(), possibleRedelivery);
        if (!passingOver) {
            unfinished = current;
            unfinishedOrdinals = 0;
            listener.begin(current);
        }
    }

    /** Whether some session before this one may have been sent rows of a transaction. */
    private boolean mayHaveBeenSent(long commitLsn) {
        return Long.compareUnsigned(commitLsn, redeliveryHorizon) <= 0;
    }

    private void row(Relation relation, PgOutputMessage message, long lsn) {
        Transaction transaction = current;
        if (transaction == null) {
            throw new ProtocolException(
                    message.getClass().getSimpleName(), Lsn.of(lsn), "a row outside a transaction", null);
        }
        long ordinal = nextOrdinal++;
        if (!passingOver && ordinal >= unfinishedOrdinals) {
            unfinishedOrdinals = nextOrdinal;
            listener.row(new RowChange(transaction, ordinal, relation, message));
        }
    }

    private void commit(Commit commit, long lsn) {
        Transaction transaction = current;
        if (transaction == null || transaction.commitLsn() != commit.commitLsn()) {
            throw new ProtocolException(
                    "Commit",
                    Lsn.of(lsn),
                    "it ends the transaction at " + Lsn.of(commit.commitLsn()) + ", open is "
                            + (transaction == null ? "none" : "that at " + Lsn.of(transaction.commitLsn())),
                    null);
        }
        if (commit.endLsn() != lsn) {
            // The envelope of a Commit says the same: the one position that will be confirmed is checked against it.
            throw new ProtocolException(
                    "Commit", Lsn.of(lsn), "it says that it ends at " + Lsn.of(commit.endLsn()), null);
        }
        if (Long.compareUnsigned(commit.endLsn(), commit.commitLsn()) <= 0) {
            throw new ProtocolException("Commit", Lsn.of(lsn), "it ends before it begins", null);
        }
        if (!passingOver && nextOrdinal < unfinishedOrdinals) {
            throw new CutTransaction("The transaction committed at " + Lsn.of(transaction.commitLsn())
                    + " had at least " + unfinishedOrdinals + " row changes before the connection broke and has "
                    + nextOrdinal + " now.");
        }
        current = null;
        if (!passingOver) {
            unfinished = null;
            lastCommitLsn = transaction.commitLsn();
            listener.commit(transaction, commit.endLsn());
        }
    }

    private Relation relation(int id, String messageType, long lsn) {
        Relation relation = relations.get(id);
        if (relation == null) {
            throw new ProtocolException(
                    messageType,
                    Lsn.of(lsn),
                    "no Relation message came for relation " + Integer.toUnsignedString(id),
                    null);
        }
        return relation;
    }

    private static void fits(@Nullable OldTuple tuple, Relation relation, String messageType, long lsn) {
        if (tuple != null) {
            fits(tuple.tuple(), relation, messageType, lsn);
        }
    }

    private static void fits(Tuple tuple, Relation relation, String messageType, long lsn) {
        if (tuple.columnCount() != relation.columns().size()) {
            throw new ProtocolException(
                    messageType,
                    Lsn.of(lsn),
                    "a tuple has " + tuple.columnCount() + " columns, its relation "
                            + relation.columns().size(),
                    null);
        }
    }
}
