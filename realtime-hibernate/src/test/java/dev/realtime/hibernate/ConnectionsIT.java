package dev.realtime.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.connection.Coordinates;
import dev.realtime.faultbed.server.PostgresServer;
import dev.realtime.faultbed.server.SharedServer;
import dev.realtime.faultbed.server.TestDatabase;
import dev.realtime.hibernate.model.Person;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.Configuration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** The application's connections are left alone, and its coordinates found where they are true. */
class ConnectionsIT {

    private static TestDatabase database;

    @BeforeAll
    static void start() {
        database = SharedServer.database();
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    /** Counts what is taken from it. */
    private static final class CountingDataSource extends PGSimpleDataSource {

        private static final long serialVersionUID = 1L;

        private final transient AtomicInteger taken = new AtomicInteger();

        @Override
        public Connection getConnection(String user, String password) throws SQLException {
            taken.incrementAndGet();
            return super.getConnection(user, password);
        }
    }

    private static CountingDataSource dataSource() {
        CountingDataSource source = new CountingDataSource();
        source.setUrl(database.url());
        source.setUser(PostgresServer.SUPERUSER);
        source.setPassword("secret");
        return source;
    }

    private static SessionFactory factory(Map<String, Object> settings) {
        Configuration configuration = new Configuration().addAnnotatedClass(Person.class);
        configuration.getProperties().putAll(settings);
        configuration.setProperty("hibernate.hbm2ddl.auto", "update");
        return configuration.buildSessionFactory();
    }

    private static Map<String, Object> settings(String url, String user, String password) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("jakarta.persistence.jdbc.url", url);
        settings.put("jakarta.persistence.jdbc.user", user);
        settings.put("jakarta.persistence.jdbc.password", password);
        return settings;
    }

    @Test
    void aDataSourceOfTheDriverTellsItsCoordinatesAndGivesNoConnection() {
        CountingDataSource source = dataSource();
        try (SessionFactory factory = factory(Map.of("hibernate.connection.datasource", source))) {
            int before = source.taken.get();

            Coordinates found =
                    new HibernateCoordinates().coordinatesOf(factory).orElseThrow();

            assertThat(found.url()).startsWith("jdbc:postgresql://").contains(database.name());
            assertThat(found.user()).isEqualTo(PostgresServer.SUPERUSER);
            assertThat(found.password()).isEqualTo("secret");
            assertThat(found.toString()).doesNotContain("secret");
            source.setPassword("rotated");
            assertThat(found.password()).isEqualTo("rotated");
            assertThat(source.taken.get()).isEqualTo(before);
        }
    }

    @Test
    void settingsTellThemUnmasked() {
        Map<String, Object> settings = settings(database.url(), PostgresServer.SUPERUSER, "secret");
        try (SessionFactory factory = factory(settings)) {
            Coordinates found =
                    new HibernateCoordinates().coordinatesOf(factory).orElseThrow();

            assertThat(factory.getProperties()).doesNotContainValue("secret");
            assertThat(found.url()).isEqualTo(database.url());
            assertThat(found.user()).isEqualTo(PostgresServer.SUPERUSER);
            assertThat(found.password()).isEqualTo("secret");
            assertThat(found.toString()).doesNotContain("secret");
        }
    }

    @Test
    void aPasswordThatShowsAsAsterisksIsNone() {
        Map<String, Object> settings = settings(database.url(), PostgresServer.SUPERUSER, "****");
        try (SessionFactory factory = factory(settings)) {
            assertThat(new HibernateCoordinates().coordinatesOf(factory)).isEqualTo(Optional.empty());
        }
    }

    @Test
    void mappingsTakeNoConnectionAndAreUsedByManyThreadsAtOnce() throws Exception {
        CountingDataSource source = dataSource();
        try (SessionFactory factory = factory(Map.of("hibernate.connection.datasource", source));
                Feeder feeder = new Feeder(database.url(), PostgresServer.SUPERUSER)) {
            factory.inTransaction(session -> {
                Person boss = new Person("Ada");
                session.persist(boss);
                Person worker = new Person("Bob");
                worker.fill(1, boss);
                session.persist(worker);
            });
            int before = source.taken.get();
            var mapping = new HibernateMappingsProvider()
                    .of(factory)
                    .orElseThrow()
                    .of(Person.class)
                    .orElseThrow();
            var table = feeder.table(mapping.layouts().get(0).tables().get(0).name());
            var mapper = mapping.layouts().get(0).bind(table);
            var row = feeder.rows(table, "where boss_id is not null").get(0);

            List<Callable<Person>> reads = Collections.nCopies(64, () -> mapper.entity(row));
            ExecutorService threads = Executors.newFixedThreadPool(4);
            try {
                List<Person> read = new ArrayList<>();
                for (Future<Person> each : threads.invokeAll(reads)) {
                    read.add(each.get());
                }
                assertThat(read).doesNotHaveDuplicates().allMatch(person -> "Bob".equals(person.getName()));
            } finally {
                threads.shutdownNow();
            }
            assertThat(source.taken.get()).isEqualTo(before);
        }
    }
}
