package dev.realtime.internal.connection;

import dev.realtime.error.ConnectException;
import dev.realtime.error.RealtimeException;
import dev.realtime.error.SetupException;
import dev.realtime.error.SetupProblem;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;

/** Why no connection could be had, told by SQLSTATE alone (manual, appendix A). Thread-safe. */
final class ConnectFailure {

    private ConnectFailure() {}

    static RealtimeException explain(SQLException e, Target target, boolean replication) {
        String state = e.getSQLState();
        String where = "Cannot connect to " + target + ": ";
        String role = SqlText.identifier(target.user());
        return switch (state == null ? "" : state) {
            case "28P01" ->
                setup(
                        SetupProblem.AUTHENTICATION,
                        where + "the server refused the password, or does not know the role",
                        List.of(
                                "-- first look at the password that the application gives; it is asked for at each connect",
                                "ALTER ROLE " + role + " LOGIN PASSWORD '...'"),
                        e);
            case "28000" ->
                setup(
                        SetupProblem.AUTHENTICATION,
                        where + "the server does not let this role in from here: " + e.getMessage(),
                        List.of(
                                "pg_hba.conf: a line for this database (not for the keyword \"replication\"), role and address",
                                "ALTER ROLE " + role + " LOGIN"),
                        e);
            case "42501" -> replication ? noReplication(where, role, e) : noConnect(where, role, target, e);
            case "3D000" ->
                setup(
                        SetupProblem.DATABASE_MISSING,
                        where + "the database does not exist",
                        List.of("CREATE DATABASE " + SqlText.identifier(target.database())),
                        e);
            case "53300" ->
                setup(
                        SetupProblem.LIMIT_REACHED,
                        where + "the server has no free connection" + (replication ? " or walsender" : ""),
                        replication
                                ? List.of("postgresql.conf: max_wal_senders, max_connections (restart)")
                                : List.of("postgresql.conf: max_connections (restart)"),
                        e);
            case "08P01" ->
                setup(
                        SetupProblem.NOT_POSTGRESQL,
                        where + "what answers there does not speak PostgreSQL's protocol, or does not let "
                                + (replication ? "replication" : "this session")
                                + " through, as PgBouncer before 1.23 and most poolers do: " + e.getMessage(),
                        List.of("give the address of the server itself, not of the pooler before it"),
                        e);
            case "08004" -> target.hasPassword() ? unreachable(where, target, state, e) : noPassword(where, e);
            default -> unreachable(where, target, state, e);
        };
    }

    private static RealtimeException noReplication(String where, String role, SQLException e) {
        return setup(
                SetupProblem.REPLICATION_PRIVILEGE,
                where + "the role may not open a replication connection",
                List.of(
                        "ALTER ROLE " + role + " REPLICATION",
                        "-- Amazon RDS and Aurora: GRANT rds_replication TO " + role,
                        "-- Cloud SQL, Azure: ALTER ROLE " + role
                                + " REPLICATION, as the administrator of the service"),
                e);
    }

    private static RealtimeException noConnect(String where, String role, Target target, SQLException e) {
        return setup(
                SetupProblem.AUTHENTICATION,
                where + "the role may not connect to the database",
                List.of("GRANT CONNECT ON DATABASE " + SqlText.identifier(target.database()) + " TO " + role),
                e);
    }

    private static RealtimeException noPassword(String where, SQLException e) {
        return setup(
                SetupProblem.AUTHENTICATION,
                where + "the connection was rejected, and no password was given: " + e.getMessage(),
                List.of(),
                e);
    }

    private static RealtimeException unreachable(String where, Target target, @Nullable String state, SQLException e) {
        Throwable beneath = e.getCause();
        if (beneath instanceof UnknownHostException) {
            return new ConnectException(
                    where
                            + "no address is known for this host name. Check the host in the JDBC URL, and the name service",
                    state,
                    e);
        }
        if (isOtherHost(e, target)) {
            return new ConnectException(
                    where
                            + "the server's certificate is for another host than the one connected to, and sslmode=verify-full"
                            + " asks for this one. Connect by a name that is in the certificate, or have it issued with this"
                            + " host as a subject alternative name; sslmode=verify-ca asks for the authority alone",
                    state,
                    e);
        }
        boolean reached = !(beneath instanceof SocketException || beneath instanceof SocketTimeoutException);
        String tls = target.tlsImposed() && reached && (state == null || state.startsWith("08"))
                ? " (the host is not this machine and the URL names no sslmode, so sslmode=verify-full applies: it needs"
                        + " the authority's certificate in sslrootcert, or"
                        + " sslfactory=org.postgresql.ssl.DefaultJavaSSLFactory for those that Java trusts; a connection"
                        + " that is not verified must be asked for by name)"
                : target.verifiesHost() && reached && "08006".equals(state)
                        ? " (where the server's certificate is not trusted: sslrootcert names the certificate of the"
                                + " authority that signed it)"
                        : "";
        return new ConnectException(where + e.getMessage() + tls, state, e);
    }

    /** The driver has no state of its own for it: of what it finds wrong with a connection, this alone has no cause. */
    private static boolean isOtherHost(SQLException e, Target target) {
        boolean fromServer = e instanceof PSQLException told && told.getServerErrorMessage() != null;
        return target.verifiesHost() && !fromServer && e.getCause() == null && "08006".equals(e.getSQLState());
    }

    private static SetupException setup(SetupProblem problem, String message, List<String> remedy, SQLException e) {
        return new SetupException(problem, message, remedy, e);
    }
}
