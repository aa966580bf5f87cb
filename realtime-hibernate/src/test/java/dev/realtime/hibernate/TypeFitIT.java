package dev.realtime.hibernate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.realtime.error.MappingException;
import dev.realtime.hibernate.model.Person;
import dev.realtime.mapping.Column;
import dev.realtime.mapping.Table;
import dev.realtime.type.PgType;
import dev.realtime.type.TypeCatalog;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A column whose type cannot become its attribute is found before the first row. */
class TypeFitIT {

    private static PersistenceUnit unit;

    @BeforeAll
    static void start() throws SQLException {
        unit = new PersistenceUnit(Person.class);
    }

    @AfterAll
    static void stop() throws SQLException {
        unit.close();
    }

    @ParameterizedTest
    @CsvSource({
        "age, 17, bytea", "age, 2950, uuid", "age, 1082, date", "age, 1007, _int4", "full_name, 17, bytea",
        "full_name, 1114, timestamp", "born, 23, int4", "born, 16, bool", "seen, 1083, time", "balance, 16, bool",
        "active, 2950, uuid", "boss_id, 1184, timestamptz"
    })
    void aTypeThatCannotBecomeTheAttributeIsRefused(String column, int oid, String type) throws SQLException {
        Table changed = withType(column, oid);

        assertThatExceptionOfType(MappingException.class)
                .isThrownBy(() -> unit.layout(Person.class).bind(changed))
                .withMessageContaining("\"person\".\"" + column + "\" (" + type + ")")
                .withMessageContaining("cannot become");
    }

    @ParameterizedTest
    @CsvSource({
        "age, 20",
        "age, 1700",
        "age, 25",
        "full_name, 23",
        "full_name, 2950",
        "born, 1114",
        "seen, 1114",
        "balance, 23",
        "balance, 701",
        "active, 23",
        "boss_id, 23",
        "mood, 25",
        "mood, 1042"
    })
    void aTypeThatCanBecomeTheAttributeIsTaken(String column, int oid) throws SQLException {
        assertThat(unit.layout(Person.class).bind(withType(column, oid)).attributes())
                .isNotEmpty();
    }

    private static Table withType(String column, int oid) throws SQLException {
        Table table = unit.table(Person.class);
        PgType type = TypeCatalog.builtIn().find(oid).orElseThrow();
        List<Column> columns = table.columns().stream()
                .map(each -> each.name().equals(column) ? new Column(column, type) : each)
                .toList();
        return new Table(table.name(), columns);
    }
}
