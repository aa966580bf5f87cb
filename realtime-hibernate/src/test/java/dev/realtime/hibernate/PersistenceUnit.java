package dev.realtime.hibernate;

import dev.realtime.faultbed.server.PostgresServer;
import dev.realtime.faultbed.server.SharedServer;
import dev.realtime.faultbed.server.TestDatabase;
import dev.realtime.mapping.EntityLayout;
import dev.realtime.mapping.EntityMapping;
import dev.realtime.mapping.EntityMappings;
import dev.realtime.mapping.EntityMappingsProvider;
import dev.realtime.mapping.MappedTable;
import dev.realtime.mapping.Row;
import dev.realtime.mapping.RowMapper;
import dev.realtime.mapping.Table;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Consumer;
import java.util.function.Function;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.boot.registry.BootstrapServiceRegistryBuilder;
import org.hibernate.cfg.Configuration;
import org.hibernate.engine.spi.SessionFactoryImplementor;

/** A SessionFactory over a database of its own, its mappings, and the rows that the stream would send. */
final class PersistenceUnit implements AutoCloseable {

    private final TestDatabase database = SharedServer.database();
    private final Statements statements = new Statements();
    private final SessionFactory factory;
    private final EntityMappings mappings;
    private final Feeder feeder;

    PersistenceUnit(Class<?>... entities) throws SQLException {
        this(Map.of(), List.of(), entities);
    }

    PersistenceUnit(Map<String, Object> settings, List<String> schema, Class<?>... entities) throws SQLException {
        this(PersistenceUnit.class.getClassLoader(), settings, schema, entities);
    }

    PersistenceUnit(ClassLoader loader, Map<String, Object> settings, List<String> schema, Class<?>... entities)
            throws SQLException {
        database.execute(schema.toArray(String[]::new));
        Configuration configuration = new Configuration(
                new BootstrapServiceRegistryBuilder().applyClassLoader(loader).build());
        for (Class<?> entity : entities) {
            configuration.addAnnotatedClass(entity);
        }
        configuration.setProperty("hibernate.connection.url", database.url());
        configuration.setProperty("hibernate.connection.username", PostgresServer.SUPERUSER);
        configuration.setProperty("hibernate.hbm2ddl.auto", "create-only");
        configuration.getProperties().put("hibernate.session_factory.statement_inspector", statements);
        configuration.getProperties().putAll(settings);
        factory = configuration.buildSessionFactory();
        mappings = ServiceLoader.load(EntityMappingsProvider.class).stream()
                .map(provider -> provider.get().of(factory))
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow();
        feeder = new Feeder(database.url(), PostgresServer.SUPERUSER);
    }

    SessionFactory factory() {
        return factory;
    }

    SessionFactoryImplementor implementor() {
        return factory.unwrap(SessionFactoryImplementor.class);
    }

    TestDatabase database() {
        return database;
    }

    Statements statements() {
        return statements;
    }

    Feeder feeder() {
        return feeder;
    }

    EntityMappings mappings() {
        return mappings;
    }

    <T> EntityMapping<T> mapping(Class<T> entity) {
        return mappings.of(entity).orElseThrow();
    }

    /** Of an entity that lies in one table, or in several with one key. */
    <T> EntityLayout<T> layout(Class<T> entity) {
        return mapping(entity).layouts().get(0);
    }

    /** The first table of an entity. */
    MappedTable mappedTable(Class<?> entity) {
        return layout(entity).tables().get(0);
    }

    void inTransaction(Consumer<Session> work) {
        factory.inTransaction(work);
    }

    <R> R fromTransaction(Function<Session, R> work) {
        return factory.fromTransaction(work);
    }

    <T> Table table(Class<T> entity) throws SQLException {
        return feeder.table(mappedTable(entity).name());
    }

    <T> RowMapper<T> mapper(Class<T> entity) throws SQLException {
        return layout(entity).bind(table(entity));
    }

    List<Row> rows(Class<?> entity) throws SQLException {
        return feeder.rows(table(entity), "");
    }

    Feeder.TextRow row(Class<?> entity, String condition) throws SQLException {
        return (Feeder.TextRow) feeder.rows(table(entity), condition).get(0);
    }

    @Override
    public void close() throws SQLException {
        feeder.close();
        factory.close();
        database.close();
    }
}
