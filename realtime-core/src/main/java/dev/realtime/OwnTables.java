package dev.realtime;

import dev.realtime.internal.setup.OwnTable;
import dev.realtime.internal.store.DeadLetterTable;
import dev.realtime.internal.store.StoredTable;
import dev.realtime.mapping.TableName;
import org.jspecify.annotations.Nullable;

/** The library's own tables as the set-up wants them. Thread-safe. */
final class OwnTables {

    static final String SCHEMA = "public";
    static final String DEAD_LETTERS = "realtime_dead_letter";

    private OwnTables() {}

    static OwnTable wanted(DeadLetterTable letters, @Nullable String grantee) {
        return new OwnTable(
                name(letters.table()), DeadLetterTable.REASON, letters.creation(), DeadLetterTable.PRIVILEGES, grantee);
    }

    private static TableName name(StoredTable table) {
        return new TableName(table.schema(), table.name());
    }
}
