package dev.realtime.internal.bus;

import static dev.realtime.internal.pgoutput.MessageBytes.relation;
import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.internal.ack.ConfirmedMark;
import dev.realtime.internal.ack.Ticket;
import dev.realtime.internal.binding.Bindings;
import dev.realtime.internal.binding.BoundChange;
import dev.realtime.internal.binding.RegisteredEntity;
import dev.realtime.internal.live.LiveStreams;
import dev.realtime.internal.pgoutput.InsertMessage;
import dev.realtime.internal.pgoutput.MessageBytes;
import dev.realtime.internal.pgoutput.PgOutputMessage;
import dev.realtime.internal.pgoutput.Relation;
import dev.realtime.internal.transaction.RowChange;
import dev.realtime.internal.transaction.Transaction;
import dev.realtime.mapping.TableName;
import dev.realtime.support.PlainMapping;
import dev.realtime.type.TypeCatalog;
import dev.realtime.type.TypeRegistry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A bus without a server: the test's thread is the reader of the shared stream, and of the streams on which subscriptions
 * catch up, for it knows all that was committed.
 */
final class BusBed implements AfterEachCallback {

    static final class Note {
        String id;
        String text;
    }

    static final class Tag {
        String id;
    }

    static final int NOTE = 7;
    static final int TAG = 8;
    private static final Relation NOTES = relation(NOTE, "note", 'd', "id", "text");
    private static final Relation TAGS = relation(TAG, "tag", 'd', "id");
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

    /** A committed transaction. */
    record Committed(long commit, long end, List<PgOutputMessage> rows) {}

    private static final class CatchingUp {
        final CatchUpLeg leg;
        int next;
        boolean joinRequested;

        CatchingUp(CatchUpLeg leg) {
            this.leg = leg;
        }
    }

    final ConfirmedMark mark = new ConfirmedMark();
    final List<Committed> history = new ArrayList<>();
    final Queue<BoundChange<?>> parked = new ConcurrentLinkedQueue<>();
    final AtomicReference<Throwable> error = new AtomicReference<>();
    private final List<SubscriptionSpec> specs = new ArrayList<>();
    private final Queue<CatchUpLeg> wanting = new ConcurrentLinkedQueue<>();
    private final List<CatchingUp> catchingUp = new ArrayList<>();
    private final Bindings bindings = new Bindings(
            List.of(
                    new RegisteredEntity<>(
                            0,
                            PlainMapping.of(Note.class, Note::new, "public", "note")
                                    .id("id", "id", String.class, (note, value) -> note.id = value)
                                    .with("text", "text", String.class, (note, value) -> note.text = value),
                            new TableName("public", "note"),
                            NOTE),
                    new RegisteredEntity<>(
                            1,
                            PlainMapping.of(Tag.class, Tag::new, "public", "tag")
                                    .id("id", "id", String.class, (tag, value) -> tag.id = value),
                            new TableName("public", "tag"),
                            TAG)),
            TypeRegistry.standard(),
            TypeCatalog.builtIn());

    Bus bus;
    private long lsn = 100;

    void subscribe(SubscriptionSpec spec) {
        specs.add(spec);
    }

    void start(int capacity) {
        bindings.bind(NOTES);
        bindings.bind(TAGS);
        LiveStreams live = new LiveStreams("test", Map.of(Note.class, "Note", Tag.class, "Tag"));
        bus = new Bus("test", live, specs, new QueueLimits(capacity, 1 << 20), mark, new BusListener() {
            @Override
            public void wantsToCatchUp(CatchUpLeg leg) {
                wanting.add(leg);
            }

            @Override
            public void failed(Throwable thrown) {
                error.set(thrown);
            }

            @Override
            public void park(String subscription, BoundChange<?> change, int attempts, Throwable failure) {
                parked.add(change);
            }
        });
        bus.start();
    }

    static PgOutputMessage insert(String id) {
        return MessageBytes.insert(NOTE, id, "text");
    }

    static PgOutputMessage tag(String id) {
        return MessageBytes.insert(TAG, id);
    }

    static PgOutputMessage update(String id) {
        return MessageBytes.of('U').int32(NOTE).int8('N').tuple(id, "new").decoded();
    }

    static PgOutputMessage rename(String from, String to) {
        return MessageBytes.of('U')
                .int32(NOTE)
                .int8('K')
                .tuple(from, null)
                .int8('N')
                .tuple(to, "new")
                .decoded();
    }

    static PgOutputMessage delete(String id) {
        return MessageBytes.of('D').int32(NOTE).int8('K').tuple(id, null).decoded();
    }

    static PgOutputMessage truncate() {
        return MessageBytes.of('T').int32(1).int8(0).int32(NOTE).decoded();
    }

    /** A whole transaction on the shared stream, gathered and not handed over. */
    Committed transaction(PgOutputMessage... rows) {
        return transaction(commit -> {}, rows);
    }

    /** The same, once someone was told of the commit record it will have. */
    Committed transaction(LongConsumer before, PgOutputMessage... rows) {
        lsn += 10;
        long commit = lsn;
        before.accept(commit);
        lsn += 5;
        Committed committed = new Committed(commit, lsn, Arrays.asList(rows));
        history.add(committed);
        Ticket ticket = mark.transactions().begin(commit);
        rows(committed, ticket, bus, false);
        mark.transactions().commit(committed.end());
        bus.commit(ticket);
        return committed;
    }

    /** A transaction on the shared stream of which the rest will not come. */
    void cut(PgOutputMessage... rows) {
        lsn += 10;
        Committed part = new Committed(lsn, lsn + 1, Arrays.asList(rows));
        lsn += 5;
        history.add(part);
        rows(part, mark.transactions().begin(part.commit()), bus, false);
        bus.commit(mark.transactions().cut());
    }

    private void rows(Committed committed, Ticket ticket, RowSink sink, boolean again) {
        Transaction transaction = new Transaction(committed.commit(), 0, 1, again);
        for (int i = 0; i < committed.rows().size(); i++) {
            PgOutputMessage row = committed.rows().get(i);
            boolean tag = row instanceof InsertMessage insert && insert.relationId() == TAG;
            RowChange change = new RowChange(transaction, i, tag ? TAGS : NOTES, row);
            sink.row(ticket, bindings.of(change), change);
        }
    }

    /** The server says how far it is, behind everything that was committed. */
    long keepalive() {
        lsn += 3;
        mark.keepalive(lsn);
        return lsn;
    }

    /** One turn of the readers: hands over, lets subscriptions leave and join, and brings those that catch up further. */
    void turn() {
        bus.flush();
        bus.releaseAbandoned();
        bus.admit(mark.transactions().lastCommit());
        CatchUpLeg wanted;
        while ((wanted = wanting.poll()) != null) {
            CatchingUp begun = new CatchingUp(wanted);
            while (begun.next < history.size() && history.get(begun.next).end() <= begun.leg.position()) {
                begun.next++;
            }
            catchingUp.add(begun);
        }
        catchingUp.removeIf(this::isDone);
    }

    private boolean isDone(CatchingUp way) {
        CatchUpLeg leg = way.leg;
        while (!leg.isClosed()) {
            if (!leg.flush()) {
                return false;
            }
            boolean joined = leg.lastCommit().isPresent();
            boolean further = way.next < history.size()
                    && (!joined
                            || history.get(way.next).commit()
                                    <= leg.lastCommit().getAsLong());
            if (further) {
                Committed committed = history.get(way.next++);
                Ticket ticket = leg.transactions().begin(committed.commit());
                rows(committed, ticket, leg, true);
                leg.transactions().commit(committed.end());
                leg.commit(ticket);
            } else if (joined) {
                leg.complete();
            } else if (!way.joinRequested) {
                way.joinRequested = true;
                bus.requestJoin(leg);
                return false;
            } else {
                return false;
            }
        }
        return true;
    }

    /** Takes turns until something is so. */
    void until(BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("it should have come true by now").isLessThan(deadline);
            turn();
            bus.awaitSpace(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    /** Takes turns until everything is finished, which the mark tells. */
    void untilFinished() {
        until(() -> mark.advance() >= last());
    }

    /** The end of the last transaction; 0 where there is none. */
    long last() {
        return history.isEmpty() ? 0 : history.get(history.size() - 1).end();
    }

    SubscriptionProgress progress(String name) {
        return bus.progress().stream()
                .filter(progress -> progress.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    void end() {
        bus.close();
        assertThat(bus.awaitEnd(PATIENCE_NANOS)).isTrue();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (bus != null) {
            bus.stopBeginning();
            bus.close();
            bus.interrupt();
            assertThat(bus.awaitEnd(PATIENCE_NANOS)).isTrue();
        }
    }
}
