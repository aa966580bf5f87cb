package dev.realtime.internal.setup;

import static dev.realtime.internal.setup.Bed.full;
import static dev.realtime.internal.setup.Bed.table;
import static dev.realtime.internal.setup.Bed.tableIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.realtime.faultbed.server.SharedServer;
import dev.realtime.mapping.TableName;
import dev.realtime.setup.SlotPolicy;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What a plan adds: the SQL it prints, run by hand or by the library, leaves nothing missing. */
class SetupPlanIT {

    private static final String SLOT = "SELECT pg_catalog.pg_create_logical_replication_slot('$slot', 'pgoutput')";

    private record Plan(String title, int since, List<String> given, List<WantedTable> wanted, List<String> expected) {}

    private static Plan plan(String title, List<String> given, List<WantedTable> wanted, String... expected) {
        return new Plan(title, 14, given, wanted, List.of(expected));
    }

    private static final List<Plan> PLANS = List.of(
            plan(
                    "a first start",
                    List.of(
                            "CREATE TABLE users (id int PRIMARY KEY, name text)",
                            "CREATE TABLE pets (id int PRIMARY KEY)"),
                    List.of(table("users", "id", "name"), table("pets", "id")),
                    "CREATE PUBLICATION $pub FOR TABLE \"public\".\"users\", \"public\".\"pets\"",
                    SLOT),
            plan(
                    "two entities of one table",
                    List.of("CREATE TABLE users (id int PRIMARY KEY, name text)"),
                    List.of(full(table("users", "id", "name")), table("users", "name"), full(table("users", "id"))),
                    "ALTER TABLE \"public\".\"users\" REPLICA IDENTITY FULL",
                    "CREATE PUBLICATION $pub FOR TABLE \"public\".\"users\"",
                    SLOT),
            plan(
                    "names that need quoting",
                    List.of(
                            "CREATE SCHEMA \"Größe; \"\"x\"\"\"",
                            "CREATE TABLE \"Größe; \"\"x\"\"\".\"Order's \"\"Ünï\"\" 表\" (\"Id \"\"#\" int PRIMARY KEY, \"%s\" text)"),
                    List.of(full(tableIn("Größe; \"x\"", "Order's \"Ünï\" 表", "Id \"#", "%s"))),
                    "ALTER TABLE \"Größe; \"\"x\"\"\".\"Order's \"\"Ünï\"\" 表\" REPLICA IDENTITY FULL",
                    "CREATE PUBLICATION $pub FOR TABLE \"Größe; \"\"x\"\"\".\"Order's \"\"Ünï\"\" 表\"",
                    SLOT),
            plan(
                    "a partitioned table with whole old rows",
                    List.of(
                            "CREATE TABLE users (id int PRIMARY KEY, name text) PARTITION BY RANGE (id)",
                            "CREATE TABLE users_1 PARTITION OF users FOR VALUES FROM (1) TO (9)",
                            "CREATE TABLE users_9 PARTITION OF users FOR VALUES FROM (9) TO (19) PARTITION BY RANGE (id)",
                            "CREATE TABLE users_91 PARTITION OF users_9 FOR VALUES FROM (9) TO (15)",
                            "ALTER TABLE users_91 REPLICA IDENTITY FULL"),
                    List.of(full(table("users", "id", "name"))),
                    "ALTER TABLE \"public\".\"users\" REPLICA IDENTITY FULL",
                    "ALTER TABLE \"public\".\"users_1\" REPLICA IDENTITY FULL",
                    "CREATE PUBLICATION $pub FOR TABLE \"public\".\"users\" WITH (publish_via_partition_root = true)",
                    SLOT),
            plan(
                    "a table more",
                    List.of(
                            "CREATE TABLE users (id int PRIMARY KEY)",
                            "CREATE TABLE pets (id int PRIMARY KEY)",
                            "CREATE PUBLICATION $pub FOR TABLE users",
                            SLOT),
                    List.of(table("users", "id"), table("pets", "id")),
                    "LOCK TABLE \"public\".\"pets\" IN SHARE MODE",
                    "ALTER PUBLICATION $pub ADD TABLE \"public\".\"pets\""),
            plan(
                    "a first partitioned table more",
                    List.of(
                            "CREATE TABLE users (id int PRIMARY KEY)",
                            "CREATE TABLE pets (id int PRIMARY KEY) PARTITION BY RANGE (id)",
                            "CREATE TABLE pets_1 PARTITION OF pets FOR VALUES FROM (1) TO (9)",
                            "CREATE PUBLICATION $pub FOR TABLE users",
                            SLOT),
                    List.of(table("users", "id"), table("pets", "id")),
                    "LOCK TABLE \"public\".\"pets\" IN SHARE MODE",
                    "ALTER PUBLICATION $pub SET (publish_via_partition_root = true)",
                    "ALTER PUBLICATION $pub ADD TABLE \"public\".\"pets\""),
            plan(
                    "a table that others inherit from",
                    List.of("CREATE TABLE users (id int PRIMARY KEY)", "CREATE TABLE keyless () INHERITS (users)"),
                    List.of(table("users", "id")),
                    "CREATE PUBLICATION $pub FOR TABLE ONLY \"public\".\"users\"",
                    SLOT),
            plan(
                    "a column list that has what is mapped",
                    List.of(
                            "CREATE TABLE users (id int PRIMARY KEY, name text, secret text)",
                            "CREATE PUBLICATION $pub FOR TABLE users " + columnList(),
                            SLOT),
                    List.of(table("users", "id", "name"))),
            new Plan(
                    "stored generated columns",
                    18,
                    List.of("CREATE TABLE users (id int PRIMARY KEY, n int GENERATED ALWAYS AS (id) STORED)"),
                    List.of(full(table("users", "id", "n"))),
                    List.of(
                            "ALTER TABLE \"public\".\"users\" REPLICA IDENTITY FULL",
                            "CREATE PUBLICATION $pub FOR TABLE \"public\".\"users\" WITH (publish_generated_columns ="
                                    + " stored)",
                            SLOT)));

    private static String columnList() {
        return SharedServer.get().majorVersion() < 15 ? "" : "(id, name)";
    }

    @TestFactory
    Stream<DynamicTest> the_plan_is_printed_as_it_is_run_and_empty_afterwards() {
        return PLANS.stream()
                .filter(plan -> plan.since() <= SharedServer.get().majorVersion())
                .flatMap(plan -> Stream.of(
                        dynamicTest(plan.title() + ", run by the library", () -> check(plan, false)),
                        dynamicTest(plan.title() + ", run by hand", () -> check(plan, true))));
    }

    private static void check(Plan plan, boolean byHand) throws SQLException {
        try (Bed bed = Bed.make()) {
            bed.asOwner(plan.given().toArray(String[]::new));
            ServerSetup setup = bed.setup(plan.wanted().toArray(WantedTable[]::new));

            List<String> printed = bed.survey(bed.owner, setup).plan().statements();
            assertThat(printed)
                    .containsExactlyElementsOf(
                            plan.expected().stream().map(bed::filled).toList());
            if (byHand) {
                bed.asOwner(bed.survey(bed.owner, setup).plan().sql().split(";\n"));
            } else {
                assertThat(bed.prepare(bed.owner, setup).isComplete()).isTrue();
            }

            Survey after = bed.survey(bed.replicator, setup);
            assertThat(after.plan().isEmpty()).isTrue();
            assertThat(after.slot()).isNotNull();
            assertThat(after.tables()).hasSameSizeAs(plan.wanted());
            assertThat(after.tables())
                    .filteredOn(table -> table.wanted().fullImages())
                    .allMatch(table -> table.identity() == ReplicaIdentity.FULL);
        }
    }

    @TestFactory
    Stream<DynamicTest> a_publication_may_come_to_its_tables_in_any_way() {
        String users = "CREATE TABLE users (id int PRIMARY KEY)";
        return Stream.of("ALL TABLES", "TABLES IN SCHEMA public")
                .filter(what -> SharedServer.get().majorVersion() >= 15 || what.equals("ALL TABLES"))
                .map(what -> dynamicTest(what, () -> {
                    try (Bed bed = Bed.make()) {
                        bed.asOwner(users);
                        bed.asSuperuser("CREATE PUBLICATION $pub FOR " + what, SLOT);
                        assertThat(bed.survey(bed.replicator, bed.setup(table("users", "id")))
                                        .plan()
                                        .isEmpty())
                                .isTrue();
                    }
                }));
    }

    @Test
    void what_may_surprise_is_noticed() throws SQLException {
        try (Bed bed = Bed.make()) {
            boolean filters = bed.version() >= 15;
            bed.asOwner(
                    "CREATE TABLE users (id int PRIMARY KEY, n int GENERATED ALWAYS AS (id * 2) STORED)",
                    "CREATE PUBLICATION $pub FOR TABLE users" + (filters ? " WHERE (id > 10)" : ""),
                    SLOT);
            Survey survey = bed.survey(bed.replicator, bed.setup(table("users", "id", "n")));
            assertThat(survey.isComplete()).isTrue();
            assertThat(survey.tables().get(0).unsent()).containsExactly("n");
            assertThat(survey.notices()).anyMatch(notice -> notice.contains("generated column \"n\""));
            assertThat(survey.notices().stream().anyMatch(notice -> notice.contains("row filter")))
                    .isEqualTo(filters);
        }
    }

    @TestFactory
    Stream<DynamicTest> a_table_without_a_schema_is_looked_up() {
        String inA = "CREATE TABLE a.users (id int PRIMARY KEY)";
        String inB = "CREATE TABLE b.users (id int PRIMARY KEY)";
        String inPublic = "CREATE TABLE users (id int PRIMARY KEY)";
        return Stream.of(
                dynamicTest(
                        "the only one of its name",
                        () -> assertThat(found(null, inB)).isEqualTo("b")),
                dynamicTest(
                        "a view of its name aside",
                        () -> assertThat(found(null, inB, "CREATE VIEW a.users AS SELECT 1"))
                                .isEqualTo("b")),
                dynamicTest(
                        "the default schema's",
                        () -> assertThat(found("a", inA, inB, inPublic)).isEqualTo("a")),
                dynamicTest(
                        "the published one",
                        () -> assertThat(found(
                                        null, inA, inB, inPublic, "CREATE PUBLICATION $pub FOR TABLE b.users", SLOT))
                                .isEqualTo("b")),
                dynamicTest(
                        "the one on the search path",
                        () -> assertThat(found(null, inA, inB, inPublic)).isEqualTo("public")));
    }

    private static String found(@Nullable String defaultSchema, String... given) throws SQLException {
        try (Bed bed = Bed.make()) {
            bed.asOwner("CREATE SCHEMA a", "CREATE SCHEMA b");
            bed.asOwner(given);
            SetupRequest request = bed.request(SlotPolicy.CREATE_WITH_PUBLICATION, table("users", "id"));
            ServerSetup setup = new ServerSetup(
                    new SetupRequest(request.publication(), request.tables(), request.slot(), defaultSchema));
            TableName name = bed.survey(bed.replicator, setup).tables().get(0).name();
            return name.schema();
        }
    }
}
