package dev.realtime.internal.setup;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a primary of PostgreSQL 17 or later lacks for its slot to outlive it (manual, sections 20.6.2 and 47.2.3). Confined
 * to one thread.
 */
final class FailoverCatalogue {

    private record Standby(boolean active, boolean covers) {}

    private final Catalogue catalogue;

    FailoverCatalogue(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    List<String> missing(@Nullable SlotState slot) throws SQLException {
        if (slot == null) {
            return List.of("the slot is not on the server");
        }
        List<String> missing = new ArrayList<>();
        if (!slot.failover()) {
            missing.add("the slot \"" + slot.name() + "\" is not one that standbys keep");
        }
        List<String> named = synchronizedStandbys();
        if (named.isEmpty()) {
            missing.add("synchronized_standby_slots is empty: a promoted standby may lack what was handled");
        }
        Map<String, Standby> standbys = standbys(slot.name());
        for (String name : named) {
            Standby standby = standbys.get(name);
            if (standby == null) {
                missing.add("the standby's slot \"" + name + "\" is not on the server");
            } else if (!standby.active()) {
                missing.add("no standby streams from the slot \"" + name + '"');
            } else if (!standby.covers()) {
                missing.add("the standby of the slot \"" + name + "\" is behind what is confirmed");
            }
        }
        return missing;
    }

    private List<String> synchronizedStandbys() throws SQLException {
        String names = catalogue
                .query("SELECT current_setting('synchronized_standby_slots') AS names", row -> row.getString("names"))
                .get(0);
        return Arrays.stream(names.split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
    }

    private Map<String, Standby> standbys(String slot) throws SQLException {
        String query = "SELECT p.slot_name, p.active, coalesce(p.restart_lsn >= s.confirmed_flush_lsn, false) AS covers"
                + " FROM pg_replication_slots p, pg_replication_slots s"
                + " WHERE p.slot_type = 'physical' AND s.slot_name = ?";
        Map<String, Standby> standbys = new HashMap<>();
        catalogue
                .query(
                        query,
                        row -> Map.entry(
                                row.getString("slot_name"),
                                new Standby(row.getBoolean("active"), row.getBoolean("covers"))),
                        slot)
                .forEach(entry -> standbys.put(entry.getKey(), entry.getValue()));
        return standbys;
    }
}
