package dev.realtime;

import dev.realtime.error.ConnectException;
import dev.realtime.internal.setup.ServerSetup;
import dev.realtime.setup.SetupMode;
import dev.realtime.setup.SetupPlan;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/**
 * What the server must have for a stream: publication, slot, REPLICA IDENTITY. Each call opens one short-lived connection
 * of its own. Thread-safe.
 */
public final class RealtimeSetup {

    /** Opens a connection to the database. */
    interface Connector {
        Connection connect() throws SQLException;
    }

    private final Connector connector;
    private final ServerSetup setup;
    private final Duration timeout;

    RealtimeSetup(Connector connector, ServerSetup setup, Duration timeout) {
        this.connector = connector;
        this.setup = setup;
        this.timeout = timeout;
    }

    /**
     * The dry run: what is missing, as SQL with its reasons. Nothing is changed.
     *
     * @return exactly what {@link #apply} would run; empty where nothing is missing
     * @throws dev.realtime.error.SetupException where something is wrong that this plan cannot mend
     * @throws ConnectException where the server cannot be reached
     */
    public SetupPlan plan() {
        try (Connection connection = connector.connect()) {
            return setup.survey(connection).plan();
        } catch (SQLException e) {
            throw lost(e);
        }
    }

    /**
     * Runs the plan. Run again, it does nothing.
     *
     * @return what was run; empty where nothing was missing
     * @throws dev.realtime.error.SetupException where something is wrong that the plan cannot mend, or the role may not run
     *     it: it carries the SQL
     * @throws ConnectException where the server cannot be reached
     */
    public SetupPlan apply() {
        try (Connection connection = connector.connect()) {
            SetupPlan plan = setup.survey(connection).plan();
            setup.prepare(connection, SetupMode.APPLY, timeout);
            return plan;
        } catch (SQLException e) {
            throw lost(e);
        }
    }

    private static ConnectException lost(SQLException e) {
        return new ConnectException("The database could not be set up: the connection failed", e.getSQLState(), e);
    }
}
