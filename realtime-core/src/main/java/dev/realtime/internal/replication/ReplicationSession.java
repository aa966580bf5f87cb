package dev.realtime.internal.replication;

import dev.realtime.error.ConfigurationException;
import dev.realtime.error.ConnectException;
import dev.realtime.error.SetupException;
import dev.realtime.internal.connection.PostgresConnector;
import dev.realtime.internal.connection.SqlText;
import dev.realtime.wal.Lsn;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGProperty;
import org.postgresql.copy.CopyDual;

/**
 * One replication connection before it streams (manual, section 54.4). Temporary slots live and die with it, and the
 * server drops them at the first command it refuses. Once {@link #startStreaming} has succeeded, the stream owns the
 * connection.
 *
 * <p>Confined to the reader thread, except {@link #abort}.
 */
public final class ReplicationSession implements AutoCloseable {

    private static final int PARENTHESISED_OPTIONS = 15;

    /** How long an answer may take before the stream, which has a watch of its own: nothing here waits for others. */
    private static final int COMMAND_MILLIS = 10_000;

    private final Connection connection;
    private final WaitingSocket socket;
    private final SessionSettings settings;
    private final SystemIdentity identity;
    /** How far the server's log is at least. */
    private Lsn written;

    private ReplicationSession(Connection connection, WaitingSocket socket, SessionSettings settings) {
        this.connection = connection;
        this.socket = socket;
        this.settings = settings;
        this.identity = identify();
        this.written = identity.walFlush();
    }

    /**
     * Connects, pins every setting that the form of a value depends on, and asks which server this is.
     *
     * @param connector where the database is
     * @param settings how the session behaves
     * @return a session that is ready for commands
     * @throws ConfigurationException where the coordinates cannot be used
     * @throws ConnectException where the server cannot be reached, or not now
     * @throws SetupException where the server does not let this role replicate
     */
    public static ReplicationSession open(PostgresConnector connector, SessionSettings settings) {
        String token = WaitingSocketFactory.order();
        Connection connection = null;
        WaitingSocket socket = null;
        try {
            connection = connect(connector, settings, token);
            socket = WaitingSocketFactory.take(token);
            if (socket == null) {
                throw new ConfigurationException("The driver did not use the socket factory it was given");
            }
            connection.setNetworkTimeout(Runnable::run, COMMAND_MILLIS);
            SessionPins.set(connection, settings);
            return new ReplicationSession(connection, socket, settings);
        } catch (SQLException e) {
            abandon(connection, socket);
            throw StreamFailure.ofCommand(e, "the session's settings");
        } catch (RuntimeException | Error e) {
            abandon(connection, socket);
            throw e;
        } finally {
            WaitingSocketFactory.discard(token);
        }
    }

    private static Connection connect(PostgresConnector connector, SessionSettings settings, String token) {
        return connector.connectReplication(Map.of(
                PGProperty.SOCKET_FACTORY.getName(), WaitingSocketFactory.class.getName(),
                PGProperty.SOCKET_FACTORY_ARG.getName(), token,
                PGProperty.APPLICATION_NAME.getName(), settings.applicationName()));
    }

    private static void abandon(@Nullable Connection connection, @Nullable WaitingSocket socket) {
        if (connection != null && socket != null) {
            Disconnect.hard(connection, socket);
        } else if (connection != null) {
            try {
                connection.abort(Runnable::run);
            } catch (SQLException alreadyGone) {
                // there is nothing left to give up
            }
        }
    }

    private SystemIdentity identify() {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("IDENTIFY_SYSTEM")) {
            row.next();
            return new SystemIdentity(
                    row.getString("systemid"),
                    row.getInt("timeline"),
                    Lsn.parse(row.getString("xlogpos")),
                    row.getString("dbname"));
        } catch (SQLException e) {
            throw StreamFailure.ofCommand(e, "IDENTIFY_SYSTEM");
        }
    }

    /**
     * Which server this is, and how far its log was when the session began.
     *
     * @return what {@code IDENTIFY_SYSTEM} said
     */
    public SystemIdentity identity() {
        return identity;
    }

    /**
     * The server's process behind this session, as {@code pg_stat_replication} names it.
     *
     * @return its process number
     */
    public int backendPid() {
        try {
            return connection.unwrap(PGConnection.class).getBackendPID();
        } catch (SQLException e) {
            throw StreamFailure.ofCommand(e, "the question for the session's process");
        }
    }

    /**
     * The server's major version.
     *
     * @return such as 18
     */
    public int serverMajorVersion() {
        try {
            return connection.getMetaData().getDatabaseMajorVersion();
        } catch (SQLException e) {
            throw StreamFailure.ofCommand(e, "the question for the server's version");
        }
    }

    /**
     * Creates a slot that lives as long as this session. Waits for every open writing transaction of the server.
     *
     * @param name of 1 to 63 lower-case letters, digits and underscores
     * @return the position from which on changes are seen
     * @throws ConfigurationException where the name is not one; nothing was sent
     * @throws SetupException where the server refuses
     */
    public Lsn createTemporarySlot(String name) {
        patient();
        String options = serverMajorVersion() >= PARENTHESISED_OPTIONS ? "(SNAPSHOT 'nothing')" : "NOEXPORT_SNAPSHOT";
        String command = "CREATE_REPLICATION_SLOT " + SqlText.slotName(name) + " TEMPORARY LOGICAL pgoutput " + options;
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(command)) {
            row.next();
            Lsn position = Lsn.parse(row.getString("consistent_point"));
            written = position.isAfter(written) ? position : written;
            return position;
        } catch (SQLException e) {
            throw StreamFailure.ofCommand(e, "the temporary slot " + name);
        }
    }

    /**
     * Lets standbys keep a slot too, which no connection streams from (PostgreSQL 17 and later).
     *
     * @param slot of 1 to 63 lower-case letters, digits and underscores
     * @throws ConfigurationException where the name is not one; nothing was sent
     * @throws SetupException where the server refuses
     */
    public void enableFailover(String slot) {
        try (Statement statement = connection.createStatement()) {
            statement.execute("ALTER_REPLICATION_SLOT " + SqlText.slotName(slot) + " (FAILOVER true)");
        } catch (SQLException e) {
            throw SlotFailure.atStart(e, connection, slot);
        }
    }

    /**
     * Where this server's history left a timeline that it was on before (manual, section 26.3.6).
     *
     * @param timeline the earlier one
     * @return the position; empty where this server's history does not know that timeline
     */
    public Optional<Lsn> forkOf(int timeline) {
        if (timeline >= identity.timeline()) {
            return Optional
                    .empty(); // a timeline's number is above those it comes from; the first has no history to ask for
        }
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("TIMELINE_HISTORY " + identity.timeline())) {
            if (!row.next()) {
                return Optional.empty();
            }
            return row.getString("content")
                    .lines()
                    .map(line -> line.strip().split("\\s+", 3))
                    .filter(entry -> entry.length > 1 && entry[0].equals(Integer.toString(timeline)))
                    .map(entry -> Lsn.parse(entry[1]))
                    .findFirst();
        } catch (SQLException e) {
            throw StreamFailure.ofCommand(e, "TIMELINE_HISTORY");
        }
    }

    /** Creating a slot waits for every open writing transaction of the server. */
    private void patient() {
        try {
            connection.setNetworkTimeout(Runnable::run, 0);
        } catch (SQLException e) {
            throw StreamFailure.ofCommand(e, "the session's time-out");
        }
    }

    /**
     * Copies a slot, used or not, to a temporary one that stands where it stands and lives as long as this session.
     *
     * @param source the slot to copy
     * @param name of 1 to 63 lower-case letters, digits and underscores
     * @return where the copy stands: what was committed before it is not sent
     * @throws ConfigurationException where a name is not one; nothing was sent
     * @throws SetupException where the server refuses
     */
    public Lsn copyTemporarySlot(String source, String name) {
        String command = "SELECT lsn FROM pg_catalog.pg_copy_logical_replication_slot('" + SqlText.slotName(source)
                + "', '" + SqlText.slotName(name) + "', true)";
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(command)) {
            row.next();
            return Lsn.parse(row.getString("lsn"));
        } catch (SQLException e) {
            throw SlotFailure.atStart(e, connection, source);
        }
    }

    /**
     * Starts the stream where the server knows the slot to stand: whole transactions after their commit, in commit
     * order (protocol 1). On success the stream owns the connection.
     *
     * @param slot of 1 to 63 lower-case letters, digits and underscores
     * @param publications at least one, with any names
     * @return the stream
     * @throws ConfigurationException where a name is not one; nothing was sent
     * @throws SetupException where the slot is missing, in use, lost, or another's
     * @throws ConnectException where the connection is gone
     */
    public WalStream startStreaming(String slot, List<String> publications) {
        if (publications.isEmpty()) {
            throw new ConfigurationException("Slot " + slot + " needs at least one publication to stream");
        }
        String command = "START_REPLICATION SLOT " + SqlText.slotName(slot)
                + " LOGICAL 0/0 (proto_version '1', publication_names " + SqlText.identifierList(publications)
                + ", messages 'false'" + (settings.binary() ? ", binary 'true')" : ")");
        try {
            CopyDual copy = connection.unwrap(PGConnection.class).getCopyAPI().copyDual(command);
            connection.setNetworkTimeout(Runnable::run, 0);
            return new WalStream(connection, copy, socket, slot, written, settings);
        } catch (SQLException e) {
            throw SlotFailure.atStart(e, connection, slot);
        } catch (IOException e) {
            throw new ConnectException("The connection broke before slot " + slot + " could stream", "08006", e);
        }
    }

    /** Cuts the connection: a command that waits ends at once. Thread-safe. */
    public void abort() {
        Disconnect.hard(connection, socket);
    }

    /** Closes the connection, and with it its temporary slots; a stream on it is cut. */
    @Override
    public void close() {
        Disconnect.hard(connection, socket);
    }
}
