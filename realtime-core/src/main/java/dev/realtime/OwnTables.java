package dev.realtime;

import dev.realtime.internal.setup.OwnTable;
import dev.realtime.internal.store.CoverageTable;
import dev.realtime.internal.store.DeadLetterTable;
import dev.realtime.internal.store.OffsetTable;
import dev.realtime.internal.store.StoredTable;
import dev.realtime.mapping.TableName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The library's own tables as the set-up wants them. Thread-safe. */
final class OwnTables {

    static final String SCHEMA = "public";
    static final String OFFSETS = "realtime_offset";
    static final String DEAD_LETTERS = "realtime_dead_letter";

    private OwnTables() {}

    static OwnTable wanted(DeadLetterTable letters, @Nullable String grantee) {
        return new OwnTable(
                name(letters.table()), DeadLetterTable.REASON, letters.creation(), DeadLetterTable.PRIVILEGES, grantee);
    }

    /** The tables of stored positions: that of the subscriptions, and that of the slot beside it. */
    record Offsets(OffsetTable offsets, CoverageTable coverage) {

        static Offsets of(String schema, String table) {
            return new Offsets(
                    new OffsetTable(new StoredTable(schema, table)),
                    new CoverageTable(new StoredTable(schema, table + "_covered")));
        }

        List<OwnTable> wanted(@Nullable String grantee) {
            return List.of(
                    new OwnTable(
                            name(offsets.table()),
                            OffsetTable.REASON,
                            offsets.creation(),
                            OffsetTable.PRIVILEGES,
                            grantee),
                    new OwnTable(
                            name(coverage.table()),
                            CoverageTable.REASON,
                            coverage.creation(),
                            CoverageTable.PRIVILEGES,
                            grantee));
        }
    }

    private static TableName name(StoredTable table) {
        return new TableName(table.schema(), table.name());
    }
}
