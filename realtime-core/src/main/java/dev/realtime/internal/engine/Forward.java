package dev.realtime.internal.engine;

import dev.realtime.internal.ack.Succession;
import dev.realtime.internal.ack.Ticket;
import dev.realtime.internal.binding.Bindings;
import dev.realtime.internal.binding.BoundTable;
import dev.realtime.internal.binding.Composition;
import dev.realtime.internal.bus.RowSink;
import dev.realtime.internal.pgoutput.PgOutputDecoder;
import dev.realtime.internal.pgoutput.Relation;
import dev.realtime.internal.replication.SystemIdentity;
import dev.realtime.internal.replication.XLogData;
import dev.realtime.internal.transaction.RowChange;
import dev.realtime.internal.transaction.Transaction;
import dev.realtime.internal.transaction.TransactionListener;
import dev.realtime.internal.transaction.TransactionStream;
import dev.realtime.type.PgType;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** The way forward: record, message, row change, bound change, queue. Confined to the reader thread. */
final class Forward implements TransactionListener {

    private final TransactionStream stream;
    private final Bindings bindings;
    private final RowSink sink;
    private final Composition composition;
    private final Succession transactions;
    private final Function<Collection<Integer>, List<PgType>> describeTypes;
    private final Function<SystemIdentity, String> origin;

    private volatile boolean transactionOpen;

    /**
     * @param bindings the registered entities
     * @param sink the subscriptions
     * @param transactions gives each transaction its ticket
     * @param finished what was committed before it is passed over: it was handled already; unsigned, 0 for nothing
     * @param describeTypes asks the server for types
     * @param origin what the ids of a server's events begin with
     */
    Forward(
            Bindings bindings,
            RowSink sink,
            Succession transactions,
            long finished,
            Function<Collection<Integer>, List<PgType>> describeTypes,
            Function<SystemIdentity, String> origin) {
        this.stream = new TransactionStream(this, finished == 0 ? 0 : finished - 1);
        this.bindings = bindings;
        this.sink = sink;
        this.composition = new Composition((entities, change) -> sink.row(ticket(), entities, change));
        this.transactions = transactions;
        this.describeTypes = describeTypes;
        this.origin = origin;
    }

    /** A session begins. */
    void sessionStarted(SystemIdentity server, long redeliveryHorizon) {
        stream.sessionStarted(redeliveryHorizon);
        bindings.sessionStarted(origin.apply(server));
    }

    /** What was committed before a position will not come any more: a transaction of which the rest did not come is cut. */
    void passTo(long position) {
        stream.passTo(position);
    }

    void take(XLogData data) {
        stream.accept(PgOutputDecoder.decode(data.bytes(), data.offset(), data.length(), data.lsn()), data.lsn());
    }

    /** Whether a transaction has begun to come and its end has not. Safe to call from any thread. */
    boolean isTransactionOpen() {
        return transactionOpen;
    }

    /** The commit record of the open transaction, unsigned; 0 where none is open. */
    long openCommitLsn() {
        Ticket open = transactions.open();
        return open == null ? 0 : open.commitLsn();
    }

    @Override
    public void relation(Relation relation) {
        Set<Integer> unknown = bindings.unknownTypes(relation);
        if (!unknown.isEmpty()) {
            bindings.learn(bindings.catalog().with(describeTypes.apply(unknown)));
        }
        bindings.bind(relation);
    }

    @Override
    public void begin(Transaction transaction) {
        transactionOpen = true;
        transactions.begin(transaction.commitLsn());
    }

    @Override
    public void row(RowChange change) {
        BoundTable table = bindings.table(change);
        if (table.hasSpread() || composition.isHolding()) {
            composition.row(table, change);
        } else {
            sink.row(ticket(), table.entities(change), change);
        }
    }

    @Override
    public void commit(Transaction transaction, long endLsn) {
        composition.commit();
        sink.commit(transactions.commit(endLsn));
        transactionOpen = false;
    }

    @Override
    public void cut(Transaction transaction) {
        composition.cut();
        sink.commit(transactions.cut());
        transactionOpen = false;
    }

    private Ticket ticket() {
        Ticket open = transactions.open();
        if (open == null) {
            throw new IllegalStateException("No transaction is open");
        }
        return open;
    }
}
