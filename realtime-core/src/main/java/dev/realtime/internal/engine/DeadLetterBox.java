package dev.realtime.internal.engine;

import dev.realtime.error.ConfigurationException;
import dev.realtime.internal.binding.Bindings;
import dev.realtime.internal.binding.BoundChange;
import dev.realtime.internal.binding.ServerTime;
import dev.realtime.internal.bus.Bus;
import dev.realtime.internal.bus.Parking;
import dev.realtime.internal.setup.Database;
import dev.realtime.internal.store.DeadLetterTable;
import dev.realtime.internal.store.ParkedChange;
import dev.realtime.internal.store.SlotOffsets.Replay;
import dev.realtime.internal.transaction.RowChange;
import dev.realtime.internal.transaction.Transaction;
import dev.realtime.store.DeadLetter;
import dev.realtime.store.DeadLetters;
import dev.realtime.wal.EventPosition;
import dev.realtime.wal.Lsn;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts changes aside in the database, and takes them up again. Thread-safe. */
final class DeadLetterBox implements Parking, DeadLetters {

    private static final int LARGEST_BYTES = 64 << 20;

    private final String slot;
    private final @Nullable DeadLetterTable table;
    private final @Nullable OffsetPlan offsets;
    private final Database database;
    private final Ways ways;
    private final Bus bus;

    /**
     * @param capture names the slot, and the table if there is one
     * @param database opens connections
     * @param ways marries rows to entities
     * @param bus calls handlers again
     */
    DeadLetterBox(Capture capture, Database database, Ways ways, Bus bus) {
        this.slot = capture.slot();
        this.table = capture.deadLetters();
        this.offsets = capture.offsets();
        this.database = database;
        this.ways = ways;
        this.bus = bus;
    }

    private DeadLetterTable table() {
        if (table == null) {
            throw new ConfigurationException(
                    "Nothing is put aside on slot " + slot
                            + ": no subscription's policy ends in thenPark(), and deadLetters(...) was not called on the builder");
        }
        return table;
    }

    @Override
    public void park(String subscription, BoundChange<?> change, int attempts, Throwable failure)
            throws TooLargeToPark {
        DeadLetterTable into = table();
        if (change.size() > LARGEST_BYTES) {
            throw new TooLargeToPark("it has " + change.size() + " bytes, more than " + LARGEST_BYTES);
        }
        RowChange row = change.change();
        Transaction transaction = row.transaction();
        DeadLetter letter = new DeadLetter(
                slot,
                subscription,
                change.eventId(),
                change.entityName(),
                change.action().name(),
                new EventPosition(Lsn.of(transaction.commitLsn()), row.ordinal()),
                Integer.toUnsignedLong(transaction.xid()),
                ServerTime.toInstant(transaction.commitMicros()),
                attempts,
                failure.getClass().getName(),
                FailureDetail.of(failure),
                Instant.now());
        ParkedChange parked =
                new ParkedChange(letter, ParkedRow.encode(row, change.binding().isSpread()));
        database.run("Putting event " + letter.eventId() + " aside in " + into.table(), control -> {
            into.insert(control, parked);
            return true;
        });
    }

    @Override
    public List<DeadLetter> list(int atMost) {
        return listed(null, atMost);
    }

    @Override
    public List<DeadLetter> list(String subscription, int atMost) {
        return listed(subscription, atMost);
    }

    private List<DeadLetter> listed(@Nullable String subscription, int atMost) {
        if (atMost < 1) {
            throw new ConfigurationException("At least one dead letter is listed, not " + atMost);
        }
        DeadLetterTable from = table();
        return database.run(
                "Reading dead letters from " + from.table(), control -> from.list(control, slot, subscription, atMost));
    }

    @Override
    public long count() {
        DeadLetterTable from = table();
        return database.run("Counting dead letters in " + from.table(), control -> from.count(control, slot));
    }

    @Override
    public boolean replay(DeadLetter letter) throws Exception {
        DeadLetterTable from = table();
        Optional<byte[]> payload = database.run(
                "Reading dead letter " + letter.eventId() + " from " + from.table(),
                control -> from.payload(control, letter));
        if (payload.isEmpty()) {
            return false;
        }
        List<BoundChange<?>> changes = changes(letter, payload.get());
        Replay replay = () -> bus.replay(letter.subscription(), changes);
        // A position that its handler stores lies behind the event already, and stays there.
        if (!(offsets == null ? replay.run() : offsets.offsets().replaying(replay))) {
            throw new ConfigurationException("Dead letter " + letter.eventId() + " is for subscription "
                    + letter.subscription() + " of entity " + letter.entity() + ", which this stream does not have");
        }
        return discard(letter);
    }

    @Override
    public boolean discard(DeadLetter letter) {
        DeadLetterTable from = table();
        return database.run(
                "Discarding dead letter " + letter.eventId() + " from " + from.table(),
                control -> from.delete(control, letter));
    }

    /** The change as it was, of the entity that was put aside: others may lie in its table too. */
    private List<BoundChange<?>> changes(DeadLetter letter, byte[] payload) {
        EventPosition position = letter.position();
        ParkedRow row = ParkedRow.decode(payload, position.commitLsn().value());
        Bindings bindings = ways.bindings();
        String eventId = letter.eventId();
        bindings.sessionStarted(eventId.substring(0, eventId.indexOf(':')));
        Set<Integer> unknown = bindings.unknownTypes(row.relation());
        if (!unknown.isEmpty()) {
            bindings.learn(bindings.catalog().with(database.describeTypes(unknown)));
        }
        Transaction transaction = new Transaction(
                position.commitLsn().value(), ServerTime.toMicros(letter.commitTime()), (int) letter.xid(), true);
        RowChange change = new RowChange(transaction, position.ordinal(), row.relation(), row.message());
        return bindings.again(change, row.madeOfSeveral()).stream()
                .filter(again -> again.entityName().equals(letter.entity()))
                .toList();
    }
}
