package dev.realtime.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.event.Insert;
import dev.realtime.event.RowEvent;
import dev.realtime.event.Update;
import dev.realtime.hibernate.model.Teams;
import dev.realtime.mapping.RowMapper;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.hibernate.StatelessSession;
import org.hibernate.engine.spi.PersistentAttributeInterceptable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What an application does with the entities: merge them, put them into a session, read them in several threads. */
@ExtendWith(DifferentialRun.Provider.class)
class MergeIT {

    static final List<Class<?>> ENTITIES = WholeModel.CONCRETE;

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

    /** Right after the last event of each row that there is; only where it tells every attribute. */
    @ParameterizedTest
    @FieldSource("ENTITIES")
    void mergingAWholeEntityLeavesTheDatabaseAsItIs(Class<?> entity, DifferentialRun run) throws SQLException {
        PersistenceUnit written = run.unit();
        List<RowEvent<?>> last = run.last(entity);
        String before = contents(written, "true");
        int merged = 0;
        for (RowEvent<?> event : last) {
            if (event.unavailable().isEmpty()) {
                Object ours = event instanceof Insert<?> insert ? insert.after() : ((Update<?>) event).after();
                written.statements().forget();

                written.inTransaction(session -> session.merge(ours));

                // an enhanced class has loaded no lazy attribute to compare with: it is written as it is
                boolean comparable = !(ours instanceof PersistentAttributeInterceptable);
                assertThat(written.statements().heard())
                        .as("statements of merge")
                        .allSatisfy(sql -> assertThat(sql).startsWithIgnoringCase(comparable ? "select" : ""));
                merged++;
            }
        }
        assertThat(contents(written, "true")).isEqualTo(before);
        boolean whole = written.mapping(WholeModel.root(entity)).unavailable().isEmpty();
        if (whole && run.samples().isSpread(entity)) {
            assertThat(merged).isPositive(); // an update may leave one of its tables alone
        } else {
            assertThat(merged).isEqualTo(whole ? last.size() : 0);
        }
        assertThat(last).hasSizeGreaterThanOrEqualTo(4);
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
        return contents(unit, "tablename <> 'team'");
    }

    private static String contents(PersistenceUnit unit, String condition) throws SQLException {
        return unit.feeder()
                .text("select string_agg(md5(query_to_xml(format('select * from %I.%I t order by t::text',"
                        + " schemaname, tablename), true, false, '')::text), '' order by schemaname, tablename)"
                        + " from pg_tables where schemaname !~ '^pg_|^information_schema$' and " + condition);
    }
}
