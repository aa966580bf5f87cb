package dev.realtime.support;

import dev.realtime.event.EventHandler;
import dev.realtime.event.Insert;
import dev.realtime.event.RealtimeEvent;
import dev.realtime.event.Update;
import dev.realtime.faultbed.ledger.HandledLog;
import dev.realtime.faultbed.ledger.Operation;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/** A row of the workload's ledger, and the handler that testifies to it. */
public final class LedgerRow {

    public @Nullable Long id;
    public @Nullable String body;

    public static PlainMapping<LedgerRow> mapping() {
        return PlainMapping.of(LedgerRow.class, LedgerRow::new, "public", "ledger")
                .id("id", "id", Long.class, (row, value) -> row.id = value)
                .with("body", "body", String.class, (row, value) -> row.body = value);
    }

    /** Writes each event down before it returns: one write, no buffer, so that a SIGKILL loses nothing of it. */
    public static EventHandler<RealtimeEvent<LedgerRow>> testifyingTo(HandledLog log) {
        return event -> testify(log, event);
    }

    public static void testify(HandledLog log, RealtimeEvent<LedgerRow> event) {
        log.append(
                event.position().commitLsn().value(),
                event.position().ordinal(),
                Operation.valueOf(event.action().name()),
                event.id() == null ? "-" : event.id().toString(),
                crc(event),
                event.possibleRedelivery());
    }

    /** Of the body that arrived, not of the column that says what it was. */
    private static int crc(RealtimeEvent<LedgerRow> event) {
        LedgerRow after = event instanceof Insert<LedgerRow> insert
                ? insert.after()
                : event instanceof Update<LedgerRow> update ? update.after() : null;
        return after == null || after.body == null ? 0 : crc(after.body);
    }

    static int crc(String body) {
        CRC32 crc = new CRC32();
        crc.update(body.getBytes(StandardCharsets.UTF_8));
        return (int) crc.getValue();
    }
}
