package dev.realtime.hibernate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.realtime.error.SetupException;
import dev.realtime.event.Insert;
import dev.realtime.hibernate.model.Shared;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Tables that are not one entity's alone, or not one table. */
class SharedTableIT {

    private static PersistenceUnit unit;

    @BeforeAll
    static void start() throws SQLException {
        unit = new PersistenceUnit(
                Map.of("hibernate.hbm2ddl.auto", "none"),
                List.of(
                        "CREATE TABLE shared (id integer PRIMARY KEY, name text, note text)",
                        "CREATE TABLE measure (id integer, region text, amount integer, PRIMARY KEY (id, region))"
                                + " PARTITION BY LIST (region)",
                        "CREATE TABLE measure_n PARTITION OF measure FOR VALUES IN ('N')",
                        "CREATE TABLE measure_s PARTITION OF measure FOR VALUES IN ('S')"),
                Shared.Full.class,
                Shared.Brief.class,
                Shared.Measure.class);
    }

    @AfterAll
    static void stop() throws SQLException {
        unit.close();
    }

    @Test
    void severalEntitiesOnOneTable_eachIsToldOfEveryRow() throws Exception {
        try (Heard heard = new Heard(unit, Shared.Full.class, Shared.Brief.class)) {
            unit.database().execute("INSERT INTO shared VALUES (1, 'Ada', 'note')");
            unit.database().execute("UPDATE shared SET note = 'other'");
            unit.database().execute("DELETE FROM shared");

            var events = heard.all();
            assertThat(Heard.words(events))
                    .containsExactly(
                            "INSERT Full 1",
                            "INSERT Brief 1",
                            "UPDATE Full 1",
                            "UPDATE Brief 1",
                            "DELETE Full 1",
                            "DELETE Brief 1");
            assertThat(events.get(0).eventId()).isEqualTo(events.get(1).eventId());
            assertThat(((Insert<?>) events.get(0)).after()).hasFieldOrPropertyWithValue("note", "note");
            assertThat(((Insert<?>) events.get(1)).unavailable()).isEmpty();
        }
    }

    @Test
    void aPartitionedTable_isToldUnderTheNameOfItsRoot() throws Exception {
        try (Heard heard = new Heard(unit, Shared.Measure.class)) {
            unit.inTransaction(session -> {
                session.persist(new Shared.Measure(1, "N", 5));
                session.persist(new Shared.Measure(2, "S", 6));
            });
            unit.database().execute("UPDATE measure SET amount = 7 WHERE id = 2");
            unit.database().execute("UPDATE measure SET region = 'S' WHERE id = 1");
            unit.database().execute("DELETE FROM measure_s WHERE id = 2");

            assertThat(Heard.words(heard.all()))
                    .containsExactly(
                            "INSERT Measure 1N",
                            "INSERT Measure 2S",
                            "UPDATE Measure 2S",
                            "DELETE Measure 1N",
                            "INSERT Measure 1S",
                            "DELETE Measure 2S");
        }
    }

    @Test
    void aPartitionedTable_whoseChangesAreSentUnderTheNamesOfPartitionsIsRefused() throws Exception {
        String slot = unit.database().unique("slot");
        unit.database().execute("CREATE PUBLICATION " + slot + " FOR TABLE measure");

        assertThatExceptionOfType(SetupException.class)
                .isThrownBy(() -> Heard.builder(unit, slot, Shared.Measure.class)
                        .slot(slot)
                        .on(Shared.Measure.class, event -> {})
                        .start())
                .withMessageContaining("Measure")
                .withMessageContaining("partition")
                .satisfies(refused -> assertThat(refused.remedy())
                        .anyMatch(sql -> sql.contains("publish_via_partition_root = true")));
    }
}
