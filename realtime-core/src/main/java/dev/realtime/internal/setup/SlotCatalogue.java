package dev.realtime.internal.setup;

import dev.realtime.wal.Lsn;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a slot out of {@code pg_replication_slots} of PostgreSQL 14 to 18. Confined to one thread. */
final class SlotCatalogue {

    private final Catalogue catalogue;

    SlotCatalogue(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    Optional<SlotState> find(String name) throws SQLException {
        String query = "SELECT s.slot_name, s.plugin, s.database, s.temporary, s.two_phase, s.active, s.active_pid,"
                + " a.usename, a.application_name, s.restart_lsn::text AS restart,"
                + " s.confirmed_flush_lsn::text AS confirmed, s.wal_status, " + invalidation() + " AS invalidation, "
                + (catalogue.server().atLeast(Server.PG_17) ? "s.failover" : "false") + " AS failover"
                + " FROM pg_replication_slots s LEFT JOIN pg_stat_activity a ON a.pid = s.active_pid"
                + " WHERE s.slot_name = ?";
        return catalogue.query(query, SlotCatalogue::state, name).stream().findFirst();
    }

    private String invalidation() {
        if (catalogue.server().atLeast(Server.PG_17)) {
            return "s.invalidation_reason";
        }
        return catalogue.server().atLeast(Server.PG_16)
                ? "CASE WHEN s.conflicting THEN 'conflict with recovery' END"
                : "NULL::text";
    }

    private static SlotState state(ResultSet row) throws SQLException {
        int pid = row.getInt("active_pid");
        Backend owner = row.wasNull()
                ? null
                : new Backend(pid, row.getString("usename"), Blockers.shown(row, "application_name"), null, null);
        return new SlotState(
                row.getString("slot_name"),
                row.getString("plugin"),
                row.getString("database"),
                row.getBoolean("temporary"),
                row.getBoolean("two_phase"),
                row.getBoolean("active"),
                owner,
                lsn(row.getString("restart")),
                lsn(row.getString("confirmed")),
                row.getString("wal_status"),
                row.getString("invalidation"),
                row.getBoolean("failover"));
    }

    private static @Nullable Lsn lsn(@Nullable String text) {
        return text == null ? null : Lsn.parse(text);
    }
}
