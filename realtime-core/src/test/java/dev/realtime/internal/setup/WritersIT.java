package dev.realtime.internal.setup;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What the set-up refuses for the writers' sake does make PostgreSQL fail them. */
class WritersIT {

    private record Trap(String title, int since, String columns, String identity, String published) {}

    private static final List<Trap> TRAPS = List.of(
            new Trap("no key", 14, "id int, name text", "DEFAULT", ""),
            new Trap("a deferrable key", 14, "id int PRIMARY KEY DEFERRABLE, name text", "DEFAULT", ""),
            new Trap("replica identity nothing", 14, "id int PRIMARY KEY, name text", "NOTHING", ""),
            new Trap("a column list under FULL", 15, "id int PRIMARY KEY, name text", "FULL", "(id)"),
            new Trap(
                    "an unpublished generated column under FULL",
                    18,
                    "id int PRIMARY KEY, name text, n int GENERATED ALWAYS AS (id) STORED",
                    "FULL",
                    ""),
            new Trap(
                    "a virtual generated column under FULL",
                    18,
                    "id int PRIMARY KEY, name text, n int GENERATED ALWAYS AS (id) VIRTUAL",
                    "FULL",
                    "WITH (publish_generated_columns = stored)"));

    @TestFactory
    Stream<DynamicTest> publishing_would_fail_the_writers() throws SQLException {
        Bed bed = Bed.make();
        return TRAPS.stream()
                .filter(trap -> trap.since() <= bed.version())
                .map(trap -> dynamicTest(trap.title(), () -> {
                    bed.asOwner(
                            "DROP TABLE IF EXISTS users",
                            "DROP PUBLICATION IF EXISTS $pub",
                            "CREATE TABLE users (" + trap.columns() + ")",
                            "ALTER TABLE users REPLICA IDENTITY " + trap.identity(),
                            "INSERT INTO users VALUES (1, 'x')",
                            "CREATE PUBLICATION $pub FOR TABLE users " + trap.published());
                    assertThatThrownBy(() -> bed.asOwner("UPDATE users SET name = 'y'"))
                            .asInstanceOf(InstanceOfAssertFactories.type(SQLException.class))
                            .extracting(SQLException::getSQLState)
                            .isIn("55000", "42P10");
                }))
                .onClose(bed::close);
    }
}
