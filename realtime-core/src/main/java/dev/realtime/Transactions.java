package dev.realtime;

import dev.realtime.store.ConnectionHandler;
import dev.realtime.store.EntityManagerHandler;
import dev.realtime.store.StoringHandler;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.EntityTransaction;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * Transactions that are begun for a handler: its effects and its event's place are committed together. Thread-safe.
 */
final class Transactions {

    private Transactions() {}

    static <E> StoringHandler<E> on(DataSource dataSource, ConnectionHandler<? super E> code) {
        return (event, offset) -> {
            try (Connection connection = dataSource.getConnection()) {
                boolean autoCommit = connection.getAutoCommit();
                connection.setAutoCommit(false);
                try {
                    code.handle(event, connection);
                    if (offset.store(connection)) {
                        connection.commit();
                    } else {
                        connection.rollback();
                    }
                } catch (Throwable e) {
                    rollBack(connection, autoCommit, e);
                    throw e;
                }
                connection.setAutoCommit(autoCommit);
            }
        };
    }

    private static void rollBack(Connection connection, boolean autoCommit, Throwable reason) {
        try {
            connection.rollback();
            connection.setAutoCommit(autoCommit);
        } catch (SQLException e) {
            reason.addSuppressed(e);
        }
    }

    static <E> StoringHandler<E> on(EntityManagerFactory factory, EntityManagerHandler<? super E> code) {
        return (event, offset) -> {
            EntityManager manager = factory.createEntityManager();
            try {
                EntityTransaction transaction = manager.getTransaction();
                transaction.begin();
                try {
                    code.handle(event, manager);
                    if (offset.store(manager)) {
                        transaction.commit();
                    } else {
                        transaction.rollback();
                    }
                } catch (Throwable e) {
                    rollBack(transaction, e);
                    throw e;
                }
            } finally {
                manager.close();
            }
        };
    }

    private static void rollBack(EntityTransaction transaction, Throwable reason) {
        try {
            if (transaction.isActive()) {
                transaction.rollback();
            }
        } catch (RuntimeException e) {
            reason.addSuppressed(e);
        }
    }
}
