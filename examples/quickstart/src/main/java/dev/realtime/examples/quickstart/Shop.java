package dev.realtime.examples.quickstart;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.sql.DataSource;

/** The application that writes. It knows nothing of realtime. Each method tells how many rows it wrote. */
final class Shop {

    private final EntityManagerFactory hibernate;
    private final DataSource database;

    Shop(EntityManagerFactory hibernate, DataSource database) {
        this.hibernate = hibernate;
        this.database = database;
    }

    int persistEntities() {
        return inTransaction(session -> {
            User ada = new User("Ada", "ada@example.org");
            User grace = new User("Grace", "grace@example.org");
            Order engine = new Order(ada, "Analytical Engine", new BigDecimal("1200.00"));
            Order compiler = new Order(grace, "Compiler", new BigDecimal("99.50"));
            List<Object> entities = List.of(ada, grace, engine, compiler);
            entities.forEach(session::persist);
            return entities.size();
        });
    }

    /** Goes past the persistence context: no entity listener of Hibernate sees it. */
    int updateInBulk() {
        return inTransaction(session -> session.createQuery("UPDATE Order o SET o.status = :paid WHERE o.status = :new")
                .setParameter("paid", OrderStatus.PAID)
                .setParameter("new", OrderStatus.NEW)
                .executeUpdate());
    }

    /** Goes past Hibernate altogether, as psql, a migration or another service does. */
    int writePlainSql() throws SQLException {
        return run("INSERT INTO users (name, email) VALUES ('Linus', 'linus@example.org')")
                + run("INSERT INTO orders (item, total, status, customer_id) VALUES ('Kernel', 0.01, 'NEW', 3)")
                + run("UPDATE users SET email = 'ada@example.com' WHERE name = 'Ada'")
                + run("UPDATE orders SET status = 'SHIPPED', total = total - 9.50 WHERE item = 'Compiler'")
                + run("DELETE FROM orders WHERE item = 'Kernel'")
                + run("DELETE FROM users WHERE name = 'Linus'");
    }

    int orderPart(int number) throws SQLException {
        return run("INSERT INTO orders (item, total, status, customer_id) VALUES ('Part " + number + "', 5, 'NEW', 1)");
    }

    /** What an administrator, a failover or a firewall does sooner or later. Returns when the connection is gone. */
    void cutReplicationConnection(String slot) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "SELECT pg_terminate_backend(active_pid, 10000) FROM pg_replication_slots WHERE slot_name = '"
                            + slot + "'");
        }
    }

    /** Every row there is, one line for each. */
    List<String> rows() {
        return inTransaction(session -> Stream.of("FROM User ORDER BY id", "FROM Order ORDER BY id")
                .flatMap(query -> session.createQuery(query, Object.class).getResultStream())
                .map(Object::toString)
                .toList());
    }

    private int run(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        }
    }

    private <R> R inTransaction(Function<EntityManager, R> work) {
        try (EntityManager session = hibernate.createEntityManager()) {
            session.getTransaction().begin();
            R result = work.apply(session);
            session.getTransaction().commit();
            return result;
        }
    }
}
