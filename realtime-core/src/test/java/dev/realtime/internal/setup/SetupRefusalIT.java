package dev.realtime.internal.setup;

import static dev.realtime.internal.setup.Bed.full;
import static dev.realtime.internal.setup.Bed.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.realtime.error.SetupException;
import dev.realtime.error.SetupProblem;
import dev.realtime.faultbed.server.SharedServer;
import dev.realtime.setup.SlotPolicy;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Everything that no plan mends: one clear error each, with the SQL that does mend it. */
class SetupRefusalIT {

    private static final String USERS = "CREATE TABLE users (id int PRIMARY KEY, name text)";
    private static final WantedTable USER = table("users", "id", "name");
    private static final String PUBLISHED = "CREATE PUBLICATION $pub FOR TABLE users";
    private static final String SLOT = "SELECT pg_create_logical_replication_slot('$slot', 'pgoutput')";

    /** What is wrong, what is then said, and whether the remedy, run by the owner, mends it. */
    private record Refusal(
            String title,
            int since,
            List<String> given,
            SlotPolicy policy,
            WantedTable wanted,
            SetupProblem problem,
            List<String> said,
            boolean mends) {

        static Refusal of(String title, SetupProblem problem, String... given) {
            return new Refusal(
                    title, 14, List.of(given), SlotPolicy.CREATE_WITH_PUBLICATION, USER, problem, List.of(), false);
        }

        Refusal since(int version) {
            return new Refusal(title, version, given, policy, wanted, problem, said, mends);
        }

        Refusal under(SlotPolicy other) {
            return new Refusal(title, since, given, other, wanted, problem, said, mends);
        }

        Refusal wanting(WantedTable table) {
            return new Refusal(title, since, given, policy, table, problem, said, mends);
        }

        Refusal saying(String... fragments) {
            return new Refusal(title, since, given, policy, wanted, problem, List.of(fragments), mends);
        }

        Refusal mendedByItsRemedy() {
            return new Refusal(title, since, given, policy, wanted, problem, said, true);
        }
    }

    @TestFactory
    Stream<DynamicTest> what_cannot_be_set_up_is_refused_with_its_reason_and_its_remedy() {
        int version = SharedServer.get().majorVersion();
        List<Refusal> refusals = new ArrayList<>();
        refusals.addAll(tables());
        refusals.addAll(columns());
        refusals.addAll(identities());
        refusals.addAll(publications());
        refusals.addAll(slots());
        return refusals.stream()
                .filter(refusal -> refusal.since() <= version)
                .map(refusal -> dynamicTest(refusal.title(), () -> check(refusal)));
    }

    private static List<Refusal> tables() {
        return List.of(
                Refusal.of("a missing table", SetupProblem.TABLE_MISSING).saying("\"users\"", "Entity of users"),
                Refusal.of("a table in other case", SetupProblem.TABLE_MISSING, "CREATE TABLE \"Users\" (id int)")
                        .saying("\"public\".\"Users\""),
                Refusal.of("a table in another schema than the mapping's", SetupProblem.TABLE_MISSING, USERS)
                        .wanting(Bed.tableIn("sales", "users", "id"))
                        .saying("\"sales\".\"users\"", "\"public\".\"users\""),
                Refusal.of(
                                "a table in two schemas off the search path",
                                SetupProblem.TABLE_AMBIGUOUS,
                                "CREATE SCHEMA a",
                                "CREATE SCHEMA b",
                                "CREATE TABLE a.users (id int PRIMARY KEY)",
                                "CREATE TABLE b.users (id int PRIMARY KEY)")
                        .saying("\"a\".\"users\"", "\"b\".\"users\"", "@Table(schema"),
                Refusal.of("a view", SetupProblem.TABLE_NOT_PUBLISHED, "CREATE VIEW users AS SELECT 1 AS id")
                        .saying("a view"),
                Refusal.of(
                                "a materialized view",
                                SetupProblem.TABLE_NOT_PUBLISHED,
                                "CREATE MATERIALIZED VIEW users AS SELECT 1 AS id")
                        .saying("a materialized view"),
                Refusal.of(
                                "an unlogged table",
                                SetupProblem.TABLE_NOT_PUBLISHED,
                                "CREATE UNLOGGED TABLE users (id int PRIMARY KEY, name text)")
                        .saying("an unlogged table")
                        .mendedByItsRemedy());
    }

    private static List<Refusal> columns() {
        return List.of(
                Refusal.of("a column that the table lacks", SetupProblem.COLUMN_MISSING, USERS)
                        .wanting(table("users", "id", "Name"))
                        .saying("\"Name\"", "\"name\""),
                Refusal.of(
                                "a column list that hides a mapped column",
                                SetupProblem.COLUMN_MISSING,
                                USERS,
                                "CREATE PUBLICATION $pub FOR TABLE users (id)",
                                SLOT)
                        .since(15)
                        .saying("column list", "\"name\"")
                        .mendedByItsRemedy(),
                Refusal.of(
                                "a generated id",
                                SetupProblem.COLUMN_MISSING,
                                "CREATE TABLE users (id int GENERATED ALWAYS AS (k) STORED, k int PRIMARY KEY, name text)",
                                PUBLISHED,
                                SLOT)
                        .saying("generated column \"id\""));
    }

    private static List<Refusal> identities() {
        return List.of(
                Refusal.of(
                                "replica identity nothing",
                                SetupProblem.REPLICA_IDENTITY,
                                USERS,
                                "ALTER TABLE users REPLICA IDENTITY NOTHING")
                        .saying("NOTHING", "would fail")
                        .mendedByItsRemedy(),
                Refusal.of("no primary key", SetupProblem.REPLICA_IDENTITY, "CREATE TABLE users (id int, name text)")
                        .saying("no primary key", "would fail")
                        .mendedByItsRemedy(),
                Refusal.of(
                                "no primary key, though only inserts are listened to",
                                SetupProblem.REPLICA_IDENTITY,
                                "CREATE TABLE users (id int, name text)")
                        .wanting(Bed.insertsOnly(USER))
                        .saying("would fail"),
                Refusal.of(
                                "a primary key that is checked at commit only",
                                SetupProblem.REPLICA_IDENTITY,
                                "CREATE TABLE users (id int PRIMARY KEY DEFERRABLE, name text)")
                        .saying("no primary key that is checked at once", "would fail")
                        .mendedByItsRemedy(),
                Refusal.of(
                                "a replica identity index without the id",
                                SetupProblem.REPLICA_IDENTITY,
                                "CREATE TABLE users (id int PRIMARY KEY, name text NOT NULL UNIQUE)",
                                "ALTER TABLE users REPLICA IDENTITY USING INDEX users_name_key")
                        .saying("INDEX", "\"name\"", "would not carry \"id\"")
                        .mendedByItsRemedy(),
                Refusal.of(
                                "a primary key without the entity's id",
                                SetupProblem.REPLICA_IDENTITY,
                                "CREATE TABLE users (id int, name text PRIMARY KEY)")
                        .saying("would not carry \"id\"")
                        .mendedByItsRemedy(),
                Refusal.of(
                                "a partition with another identity than its root",
                                SetupProblem.REPLICA_IDENTITY,
                                "CREATE TABLE users (id int PRIMARY KEY, name text) PARTITION BY RANGE (id)",
                                "CREATE TABLE users_1 PARTITION OF users FOR VALUES FROM (1) TO (9)",
                                "ALTER TABLE users_1 REPLICA IDENTITY NOTHING")
                        .saying("in its partition \"public\".\"users_1\"")
                        .mendedByItsRemedy(),
                Refusal.of(
                                "whole old rows under a column list",
                                SetupProblem.REPLICA_IDENTITY,
                                "CREATE TABLE users (id int PRIMARY KEY, name text, secret text)",
                                "CREATE PUBLICATION $pub FOR TABLE users (id, name)",
                                SLOT)
                        .since(15)
                        .wanting(full(USER))
                        .saying("column list", "would fail"),
                Refusal.of(
                                "whole old rows with a stored generated column that is not published",
                                SetupProblem.REPLICA_IDENTITY,
                                "CREATE TABLE users (id int PRIMARY KEY, name text, n int GENERATED ALWAYS AS (id) STORED)",
                                PUBLISHED,
                                SLOT)
                        .since(18)
                        .wanting(full(USER))
                        .saying("\"n\"", "would fail"),
                Refusal.of(
                                "whole old rows with a virtual generated column",
                                SetupProblem.REPLICA_IDENTITY,
                                "CREATE TABLE users (id int PRIMARY KEY, name text, n int GENERATED ALWAYS AS (id) VIRTUAL)")
                        .since(18)
                        .wanting(full(USER))
                        .saying("virtual", "\"n\"", "would fail"));
    }

    private static List<Refusal> publications() {
        return List.of(
                Refusal.of(
                                "a publication without updates",
                                SetupProblem.TABLE_NOT_PUBLISHED,
                                USERS,
                                PUBLISHED + " WITH (publish = 'insert')",
                                SLOT)
                        .saying("does not publish update, delete, truncate")
                        .mendedByItsRemedy(),
                Refusal.of(
                                "a partitioned table under the names of its partitions",
                                SetupProblem.TABLE_NOT_PUBLISHED,
                                "CREATE TABLE users (id int PRIMARY KEY, name text) PARTITION BY RANGE (id)",
                                "CREATE TABLE users_1 PARTITION OF users FOR VALUES FROM (1) TO (9)",
                                PUBLISHED,
                                SLOT)
                        .saying("partitioned", "root's name")
                        .mendedByItsRemedy(),
                Refusal.of(
                                "a partition of a table that is published as a whole",
                                SetupProblem.TABLE_NOT_PUBLISHED,
                                "CREATE TABLE everyone (id int PRIMARY KEY, name text) PARTITION BY RANGE (id)",
                                "CREATE TABLE users PARTITION OF everyone FOR VALUES FROM (1) TO (9)",
                                "CREATE PUBLICATION $pub FOR TABLE everyone, users WITH (publish_via_partition_root)",
                                SLOT)
                        .saying("is a partition"),
                Refusal.of("a publication that is younger than its slot", SetupProblem.PUBLICATION_MISSING, USERS, SLOT)
                        .saying("cannot be delivered")
                        .mendedByItsRemedy());
    }

    private static List<Refusal> slots() {
        return List.of(
                Refusal.of("a slot that is gone", SetupProblem.SLOT_MISSING, USERS, PUBLISHED)
                        .saying("$slot", "lost", "first start", "SlotPolicy.CREATE")
                        .mendedByItsRemedy(),
                Refusal.of("a slot that must be there", SetupProblem.SLOT_MISSING, USERS)
                        .under(SlotPolicy.REQUIRE)
                        .saying("SlotPolicy.REQUIRE")
                        .mendedByItsRemedy(),
                Refusal.of(
                                "a slot of another plugin",
                                SetupProblem.SLOT_OTHER_PLUGIN,
                                USERS,
                                "SELECT pg_create_logical_replication_slot('$slot', 'test_decoding')")
                        .saying("$slot", "test_decoding", "pgoutput"),
                Refusal.of(
                                "a physical slot",
                                SetupProblem.SLOT_OTHER_PLUGIN,
                                USERS,
                                "SELECT pg_create_physical_replication_slot('$slot')")
                        .saying("physical"),
                Refusal.of(
                                "a slot that sends what is only prepared",
                                SetupProblem.SLOT_OTHER_OPTIONS,
                                USERS,
                                "SELECT pg_create_logical_replication_slot('$slot', 'pgoutput', false, true)")
                        .saying("two_phase"));
    }

    private static void check(Refusal refusal) throws SQLException {
        try (Bed bed = Bed.make()) {
            bed.asOwner(refusal.given().toArray(String[]::new));
            ServerSetup setup = new ServerSetup(bed.request(refusal.policy(), refusal.wanted()));

            SetupException error = catchThrowableOfType(SetupException.class, () -> bed.prepare(bed.owner, setup));

            assertThat(error).as("refusal").isNotNull();
            assertThat(error.problem()).isEqualTo(refusal.problem());
            assertThat(error.getMessage())
                    .contains(refusal.said().stream().map(bed::filled).toList());
            if (refusal.mends()) {
                assertThat(error.remedy()).isNotEmpty();
                bed.asOwner(error.remedy().toArray(String[]::new));
                assertThat(bed.prepare(bed.owner, setup).isComplete()).isTrue();
            }
        }
    }
}
