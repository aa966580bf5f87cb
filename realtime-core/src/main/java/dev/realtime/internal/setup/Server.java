package dev.realtime.internal.setup;

import dev.realtime.error.SetupException;
import dev.realtime.error.SetupProblem;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The server on the other side. Immutable.
 *
 * @param version as {@code server_version_num}: 180006 for 18.6
 * @param walLevel the setting {@code wal_level}
 * @param standby whether it is in recovery, and so read-only
 * @param database the database of the connection
 * @param role the role in force
 * @param searchPath the schemas of the role's search path that exist, in order
 */
record Server(int version, String walLevel, boolean standby, String database, String role, List<String> searchPath) {

    static final int PG_15 = 150000;
    static final int PG_16 = 160000;
    static final int PG_17 = 170000;
    static final int PG_18 = 180000;
    private static final int OLDEST = 140000;

    /** Asks with qualified names and without operators: the search path may still be a hostile one. */
    static Server read(Statement statement) throws SQLException {
        String query = "SELECT pg_catalog.version() AS version,"
                + " pg_catalog.current_setting('server_version_num') AS number,"
                + " pg_catalog.current_setting('wal_level') AS wal_level,"
                + " pg_catalog.pg_is_in_recovery() AS standby,"
                + " pg_catalog.current_database() AS database,"
                + " CURRENT_USER AS role,"
                + " pg_catalog.current_schemas(false) AS search_path";
        try (ResultSet row = statement.executeQuery(query)) {
            row.next();
            if (!row.getString("version").startsWith("PostgreSQL ")) {
                throw notPostgres(null);
            }
            return new Server(
                    row.getInt("number"),
                    row.getString("wal_level"),
                    row.getBoolean("standby"),
                    row.getString("database"),
                    row.getString("role"),
                    Catalogue.strings(row, "search_path"));
        } catch (SQLException e) {
            if (SqlState.isSyntaxOrUnknownName(e)) {
                throw notPostgres(e);
            }
            throw e;
        }
    }

    private static SetupException notPostgres(@Nullable SQLException cause) {
        return new SetupException(
                SetupProblem.NOT_POSTGRESQL,
                "The server speaks PostgreSQL's protocol but is not PostgreSQL: logical replication needs a direct"
                        + " connection to PostgreSQL 14 or later",
                List.of(),
                cause);
    }

    boolean atLeast(int number) {
        return version >= number;
    }

    /** Refuses a server from which nothing can be streamed. */
    void check() {
        if (version < OLDEST) {
            throw new SetupException(
                    SetupProblem.VERSION,
                    "The server is PostgreSQL " + version / 10000 + "; 14 is the oldest version that is supported",
                    List.of(),
                    null);
        }
        if (!walLevel.equals("logical")) {
            throw new SetupException(
                    SetupProblem.WAL_LEVEL,
                    "The server's wal_level is " + walLevel
                            + ", logical replication needs logical. It is read at server"
                            + " start only. Managed services have a switch of their own for it: Amazon RDS and Aurora"
                            + " rds.logical_replication=1, Cloud SQL cloudsql.logical_decoding=on, Azure the server"
                            + " parameter wal_level, Neon \"Logical replication\" in the project's settings",
                    List.of("ALTER SYSTEM SET wal_level = 'logical';", "-- then restart the server"),
                    null);
        }
    }
}
