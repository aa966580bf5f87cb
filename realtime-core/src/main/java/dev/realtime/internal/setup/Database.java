package dev.realtime.internal.setup;

import dev.realtime.error.ConnectException;
import dev.realtime.internal.connection.PostgresConnector;
import dev.realtime.setup.SetupMode;
import dev.realtime.type.PgType;
import dev.realtime.wal.Lsn;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The database beside the stream: each question opens an ordinary connection of our own, asks, and closes it, one after
 * the other, so that there is never more than one. Each throws what {@link ServerSetup} and the connector throw. Thread-safe.
 */
public final class Database {

    private static final Logger LOG = LoggerFactory.getLogger(Database.class);

    /** SQLSTATE {@code cannot_connect_now}: the server starts up, recovers or shuts down (manual, appendix A). */
    public static final String CANNOT_CONNECT_NOW = "57P03";

    private final PostgresConnector connector;
    private final PostgresConnector impatient;
    private final ServerSetup setup;
    private final ControlTurns turns = new ControlTurns();
    private volatile @Nullable Connection asked;

    /**
     * Asks nothing yet.
     *
     * @param connector opens connections
     * @param impatient opens connections too, with short time-outs
     * @param setup what the server must have
     */
    public Database(PostgresConnector connector, PostgresConnector impatient, ServerSetup setup) {
        this.connector = connector;
        this.impatient = impatient;
        this.setup = setup;
    }

    /**
     * Finds out what is missing: see {@link ServerSetup#survey}.
     *
     * @return what is there
     */
    public Survey survey() {
        return ask(setup::survey);
    }

    /**
     * Makes the server ready: see {@link ServerSetup#prepare}.
     *
     * @param mode whether to run the plan or to fail with it
     * @param timeout the longest it may take
     * @return what is there after it
     */
    public Survey prepare(SetupMode mode, Duration timeout) {
        return ask(control -> setup.prepare(control, mode, timeout));
    }

    /**
     * Whether the slot is new: see {@link ServerSetup#hasCreatedSlot}.
     *
     * @return true where the last {@link #prepare} created it
     */
    public boolean hasCreatedSlot() {
        return setup.hasCreatedSlot();
    }

    /**
     * Creates the slot anew: see {@link ServerSetup#recreateSlot}.
     *
     * @param timeout the longest it may take
     * @return what is there after it
     */
    public Survey recreateSlot(Duration timeout) {
        return ask(control -> setup.recreateSlot(control, timeout));
    }

    /**
     * Checks before a session: see {@link ServerSetup#verifyForStream}.
     *
     * @return what is there
     */
    public Survey verifyForStream() {
        return ask(setup::verifyForStream);
    }

    /**
     * What the publication captures: see {@link ServerSetup#captured}. Asked in a second or two, or not at all.
     *
     * @return what it is
     */
    public Captured captured() {
        return ask(impatient, setup::captured);
    }

    /**
     * Whether somebody streams from the durable slot.
     *
     * @return false also where it is missing
     */
    public boolean isSlotActive() {
        return ask(setup::slotState).map(SlotState::active).orElse(false);
    }

    /**
     * Ends a session that streams, where this role may (manual, section 9.28.2): one of the same role, or any as a member
     * of {@code pg_signal_backend}.
     *
     * @param pid the server's process
     * @param applicationName what the session must call itself
     * @return whether it was told to end
     */
    public boolean endSession(int pid, String applicationName) {
        return run("Ending our own session " + pid, control -> {
            try (PreparedStatement end = control.prepareStatement(
                    "SELECT pg_catalog.pg_terminate_backend(a.pid) FROM pg_catalog.pg_stat_activity a"
                            + " WHERE a.pid OPERATOR(pg_catalog.=) ? AND a.application_name OPERATOR(pg_catalog.=) ?"
                            + " AND a.backend_type OPERATOR(pg_catalog.=) 'walsender'")) {
                end.setInt(1, pid);
                end.setString(2, applicationName);
                try (ResultSet row = end.executeQuery()) {
                    return row.next() && row.getBoolean(1);
                }
            }
        });
    }

    /**
     * What the server lacks for the slot to outlive it: see {@link ServerSetup#failoverMissing}. Asked in a second or two,
     * or not at all.
     *
     * @return sentences
     */
    public List<String> failoverMissing() {
        return ask(impatient, setup::failoverMissing);
    }

    /**
     * Describes types: see {@link TypeCatalogue#describe}.
     *
     * @param oids the types' OIDs
     * @return those that exist
     */
    public List<PgType> describeTypes(Collection<Integer> oids) {
        return ask(control -> TypeCatalogue.describe(control, oids));
    }

    /**
     * Whether the server lets nobody in any more: asked while it still keeps our stream, it is shutting down. Another
     * question is waited for, but not for long: a server that shuts down ends that one too.
     *
     * @return false also where it cannot be told
     */
    public boolean isShuttingDown() {
        try {
            turns.soon(impatient, control -> true);
            return false;
        } catch (ConnectException e) {
            return CANNOT_CONNECT_NOW.equals(e.sqlState());
        } catch (SQLException | RuntimeException otherwise) {
            return false;
        }
    }

    /**
     * Whether the server has got our word on how far it may forget. Another question is waited for, but not for long.
     *
     * @param position what was confirmed last
     * @return true also where it cannot be told; false where another question does not end
     */
    public boolean isConfirmed(Lsn position) {
        try {
            return turns.soon(
                            impatient,
                            control -> setup.slotState(control)
                                    .map(SlotState::confirmedFlush)
                                    .map(stands -> !stands.isBefore(position))
                                    .orElse(true))
                    .orElse(false);
        } catch (SQLException | RuntimeException otherwise) {
            return true;
        }
    }

    /**
     * Writes a mark into the log: a transaction of some 100 bytes that no handler sees. Asking {@code
     * pg_current_wal_insert_lsn} would not do: a walsender sends what is flushed, and the record of a transaction that is
     * still open, or a page's header, may lie before that position unflushed for as long as nobody commits; {@code
     * pg_current_wal_flush_lsn} may lie before a commit with {@code synchronous_commit = off} that has returned. The
     * mark's own commit is flushed, and everything before it.
     *
     * @return the mark's position: everything that was committed before the call lies before it, and the stream passes it
     */
    public Lsn markLog() {
        return run("Marking the log", control -> {
            try (Statement statement = control.createStatement()) {
                // A standby that does not answer is not waited for.
                statement.execute("SET synchronous_commit = local");
                try (ResultSet row = statement.executeQuery(
                        "SELECT pg_catalog.pg_logical_emit_message(true, 'realtime', '')::text")) {
                    row.next();
                    return Lsn.parse(row.getString(1));
                }
            }
        });
    }

    /**
     * How much log the server keeps for a slot.
     *
     * @param slot its name
     * @return as it is now
     * @throws ConnectException where the server cannot be asked, or has no such slot
     */
    public SlotRetention retention(String slot) {
        String query =
                "SELECT w.wal_end::text, coalesce(pg_catalog.pg_wal_lsn_diff(w.wal_end, s.restart_lsn), 0)::bigint,"
                        + " coalesce(s.wal_status, 'lost'), s.safe_wal_size"
                        + " FROM pg_catalog.pg_replication_slots s, pg_catalog.pg_current_wal_insert_lsn() AS w(wal_end)"
                        + " WHERE s.slot_name = ?";
        return run("Looking at the log that is kept for slot " + slot, control -> {
            try (PreparedStatement statement = control.prepareStatement(query)) {
                statement.setString(1, slot);
                try (ResultSet row = statement.executeQuery()) {
                    if (!row.next()) {
                        throw new SQLException("There is no such slot", "42704");
                    }
                    return new SlotRetention(
                            row.getLong(2),
                            Lsn.parse(row.getString(1)),
                            row.getString(3),
                            row.getObject(4, Long.class));
                }
            }
        });
    }

    /** Something to be done on a control connection. */
    @FunctionalInterface
    public interface Work<T> {

        /**
         * Does it.
         *
         * @param control a connection in auto-commit mode
         * @return what came of it
         * @throws SQLException where the database refuses
         */
        T on(Connection control) throws SQLException;
    }

    /**
     * Does something that is not a question of the set-up.
     *
     * @param what names it in errors
     * @param work what to do
     * @param <T> what comes of it
     * @return what came of it
     * @throws ConnectException where the database refuses: without its words, in which a value may stand
     */
    public <T> T run(String what, Work<T> work) {
        try {
            return turns.on(connector, work);
        } catch (SQLException e) {
            throw new ConnectException(what + " failed with SQLSTATE " + e.getSQLState(), e.getSQLState(), null);
        }
    }

    /**
     * Ends the statement that a question waits for, if there is one: the thread that asked gets an error. A set-up whose
     * thread was interrupted before begins no other, and takes back what would mislead the next.
     */
    public void cancel() {
        Connection waiting = asked;
        if (waiting != null) {
            try {
                waiting.unwrap(PGConnection.class).cancelQuery();
            } catch (SQLException e) {
                LOG.debug("A question to the database could not be cancelled", e);
            }
        }
    }

    private <T> T ask(Function<Connection, T> question) {
        return ask(connector, control -> {
            asked = control;
            try {
                return question.apply(control);
            } finally {
                asked = null;
            }
        });
    }

    private <T> T ask(PostgresConnector through, Work<T> question) {
        try {
            return turns.on(through, question);
        } catch (SQLException e) {
            throw new ConnectException("The control connection did not close in order", e.getSQLState(), e);
        }
    }
}
