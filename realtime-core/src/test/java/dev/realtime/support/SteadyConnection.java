package dev.realtime.support;

import dev.realtime.faultbed.server.PostgresServer;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * One connection, handed out again and again and opened anew only where it broke, whose transactions hold where {@link
 * Orders} say so. Confined to one thread.
 */
final class SteadyConnection extends PGSimpleDataSource {

    private static final long serialVersionUID = 1L;

    private final transient Orders orders;
    private transient @Nullable Connection open;

    /**
     * @param url where
     * @param idleMillis after how many milliseconds the server ends a transaction that is idle; 0 for never
     * @param orders where its transactions hold
     */
    SteadyConnection(String url, int idleMillis, Orders orders) {
        this.orders = orders;
        setUrl(url);
        setUser(PostgresServer.SUPERUSER);
        setOptions("-c idle_in_transaction_session_timeout=" + idleMillis);
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection known = open;
        if (known == null || known.isClosed()) {
            known = super.getConnection();
            open = known;
        }
        Connection connection = known;
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> call(connection, method, arguments));
    }

    private @Nullable Object call(Connection connection, Method method, Object @Nullable [] arguments)
            throws Throwable {
        if (method.getName().equals("close")) {
            return null;
        }
        boolean commits = method.getName().equals("commit");
        if (commits) {
            orders.reach(Orders.Moment.STORED);
        }
        try {
            return method.invoke(connection, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        } finally {
            if (commits) {
                orders.reach(Orders.Moment.COMMITTED);
            }
        }
    }
}
