package dev.realtime;

import dev.realtime.error.ConfigurationException;
import dev.realtime.internal.engine.OffsetPlan;
import dev.realtime.internal.setup.OwnTable;
import dev.realtime.internal.store.CoverageTable;
import dev.realtime.internal.store.DeadLetterTable;
import dev.realtime.internal.store.OffsetTable;
import dev.realtime.internal.store.SlotOffsets;
import dev.realtime.internal.store.StoredTable;
import dev.realtime.mapping.TableName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The library's own tables, which are there where they were named or a subscription needs them. To be used by one thread at
 * a time.
 */
final class OwnTables {

    private static final String SCHEMA = "public";
    private static final String OFFSETS = "realtime_offset";
    private static final String DEAD_LETTERS = "realtime_dead_letter";

    private @Nullable DeadLetterTable deadLetters;
    private @Nullable Offsets offsets;

    /** That of the subscriptions' positions, and that of the slot's beside it. */
    private record Offsets(OffsetTable offsets, CoverageTable coverage) {}

    void deadLetters() {
        deadLetters(SCHEMA, DEAD_LETTERS);
    }

    void deadLetters(String schema, String table) {
        deadLetters = new DeadLetterTable(new StoredTable(schema, table));
    }

    void offsets() {
        offsets(SCHEMA, OFFSETS);
    }

    void offsets(String schema, String table) {
        offsets = new Offsets(
                new OffsetTable(new StoredTable(schema, table)),
                new CoverageTable(new StoredTable(schema, table + "_covered")));
    }

    /**
     * The tables as the set-up wants them.
     *
     * @param role the role that streams; null where it is the one that sets up
     */
    List<OwnTable> wanted(@Nullable String role) {
        List<OwnTable> wanted = new ArrayList<>();
        if (deadLetters != null) {
            wanted.add(new OwnTable(
                    name(deadLetters.table()),
                    DeadLetterTable.REASON,
                    deadLetters.creation(),
                    DeadLetterTable.PRIVILEGES,
                    role));
        }
        if (offsets != null) {
            OffsetTable positions = offsets.offsets();
            wanted.add(new OwnTable(
                    name(positions.table()), OffsetTable.REASON, positions.creation(), OffsetTable.PRIVILEGES, role));
            CoverageTable coverage = offsets.coverage();
            wanted.add(new OwnTable(
                    name(coverage.table()), CoverageTable.REASON, coverage.creation(), CoverageTable.PRIVILEGES, role));
        }
        return wanted;
    }

    private static TableName name(StoredTable table) {
        return new TableName(table.schema(), table.name());
    }

    /** These, and those that the subscriptions need. */
    OwnTables with(List<SubscriptionBuilder<?>> subscriptions) {
        OwnTables all = new OwnTables();
        all.deadLetters = deadLetters;
        all.offsets = offsets;
        if (deadLetters == null && subscriptions.stream().anyMatch(SubscriptionBuilder::parks)) {
            all.deadLetters();
        }
        if (offsets == null && subscriptions.stream().anyMatch(SubscriptionBuilder::isStoring)) {
            all.offsets();
        }
        return all;
    }

    boolean hasOffsets() {
        return offsets != null;
    }

    @Nullable
    DeadLetterTable deadLetterTable() {
        return deadLetters;
    }

    /** Which subscriptions have a stored position, those that have a name; null where none have. */
    @Nullable
    OffsetPlan plan(String slot, Subscriptions subscriptions) {
        Offsets tables = offsets;
        if (tables == null) {
            return null;
        }
        Set<String> storing = new HashSet<>();
        for (SubscriptionBuilder<?> subscription : subscriptions.ofEntities()) {
            if (subscription.isStoring()) {
                storing.add(nameOf(subscription));
            }
        }
        return new OffsetPlan(
                new SlotOffsets(slot, tables.offsets(), tables.coverage()), subscriptions.givenNames(), storing);
    }

    private static String nameOf(SubscriptionBuilder<?> storing) {
        String given = storing.name();
        if (given == null) {
            throw new ConfigurationException(
                    "A subscription of " + storing.entity().getName()
                            + " stores its place and has no name: give it one with named(...), under which it is found"
                            + " again");
        }
        return given;
    }
}
