package dev.realtime.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.hibernate.model.Teams;
import dev.realtime.mapping.Row;
import dev.realtime.mapping.RowMapper;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.hibernate.StatelessSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What an application does with the entities: merge them, put them into a session, read them in several threads. */
class MergeIT {

    static final List<Class<?>> ENTITIES = Model.ROOTS;

    private static PersistenceUnit unit;

    @BeforeAll
    static void start() throws SQLException {
        unit = Model.start(Map.of(
                "hibernate.physical_naming_strategy",
                "org.hibernate.boot.model.naming.CamelCaseToUnderscoresNamingStrategy"));
    }

    @AfterAll
    static void stop() throws SQLException {
        if (unit != null) {
            unit.close();
        }
    }

    @ParameterizedTest
    @FieldSource("ENTITIES")
    <T> void mergingAWholeEntityLeavesTheDatabaseAsItIs(Class<T> entity) throws SQLException {
        if (!unit.mapping(entity).unavailable().isEmpty()) {
            return; // it would write what the row did not tell
        }
        RowMapper<T> mapper = unit.mapper(entity);
        for (Row row : unit.rows(entity)) {
            String before = everything();
            T ours = mapper.entity(row);
            unit.statements().forget();

            unit.inTransaction(session -> session.merge(ours));

            assertThat(unit.statements().heard())
                    .as("statements of merge")
                    .allSatisfy(sql -> assertThat(sql).startsWithIgnoringCase("select"));
            assertThat(everything()).isEqualTo(before);
        }
    }

    @Test
    void mergingAChangedEntityChangesItsRowAndNoChild() throws SQLException {
        RowMapper<Teams.Team> mapper = unit.mapper(Teams.Team.class);
        Teams.Team ours = mapper.entity(unit.row(Teams.Team.class, "where id = 1"));
        String children = children();

        ours.rename("Renamed");
        unit.inTransaction(session -> session.merge(ours));

        assertThat(unit.database().value("select name from team where id = 1")).isEqualTo("Renamed");
        assertThat(children()).isEqualTo(children);
        ours.rename("Reds");
        try (StatelessSession session = unit.factory().openStatelessSession()) {
            session.beginTransaction();
            session.update(ours);
            session.getTransaction().commit();
        }
        assertThat(children()).isEqualTo(children);
    }

    private static String children() throws SQLException {
        return contents("tablename <> 'team'");
    }

    private static String everything() throws SQLException {
        return contents("true");
    }

    private static String contents(String condition) throws SQLException {
        return unit.feeder()
                .text("select string_agg(tablename || query_to_xml(format('select * from %I t order by t::text',"
                        + " tablename), true, false, '')::text, '' order by tablename)"
                        + " from pg_tables where schemaname = 'public' and " + condition);
    }
}
