package dev.realtime.support;

import dev.realtime.event.EventHandler;
import dev.realtime.event.Insert;
import dev.realtime.event.RealtimeEvent;
import dev.realtime.event.Update;
import dev.realtime.faultbed.ledger.HandledLog;
import dev.realtime.faultbed.ledger.Operation;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Set;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/** A row of the workload's ledger, and the handler that testifies to it. */
public final class LedgerRow {

    public @Nullable Long id;
    public @Nullable String body;
    public @Nullable Integer crc;

    public static PlainMapping<LedgerRow> mapping() {
        return PlainMapping.of(LedgerRow.class, LedgerRow::new, "public", "ledger")
                .id("id", "id", Long.class, (row, value) -> row.id = value)
                .with("body", "body", String.class, (row, value) -> row.body = value)
                .with("crc", "crc", Integer.class, (row, value) -> row.crc = value);
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

    /** Of the body that arrived; what the column says it was only where PostgreSQL did not send the body. */
    static int crc(RealtimeEvent<LedgerRow> event) {
        if (event instanceof Insert<LedgerRow> insert) {
            return crc(insert.after(), insert.unavailable());
        }
        return event instanceof Update<LedgerRow> update ? crc(update.after(), update.unavailable()) : 0;
    }

    private static int crc(LedgerRow row, Set<String> unavailable) {
        if (unavailable.contains("body")) {
            return Objects.requireNonNull(row.crc);
        }
        return row.body == null ? 0 : crc(row.body);
    }

    static int crc(String body) {
        CRC32 crc = new CRC32();
        crc.update(body.getBytes(StandardCharsets.UTF_8));
        return (int) crc.getValue();
    }
}
