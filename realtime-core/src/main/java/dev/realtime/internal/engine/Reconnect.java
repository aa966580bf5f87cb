package dev.realtime.internal.engine;

import dev.realtime.error.ConnectException;
import dev.realtime.error.ProtocolException;
import dev.realtime.error.SetupException;
import dev.realtime.error.SetupProblem;
import dev.realtime.internal.bus.Backoff;
import dev.realtime.internal.setup.Database;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which errors a new connection may overcome, and how long to wait before it. Decided by type and SQLSTATE, never by
 * text. Confined to the reader thread.
 */
final class Reconnect {

    /** Short at most: the stream is to go on within two seconds after the server lets us in again. */
    private static final Backoff LINK = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(1));
    /** Long: an account must not be locked because its password was changed a moment too early. */
    private static final Backoff PEOPLE = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30));

    /** A malformed message may come of a broken network; the same again and again does not. */
    private static final int MALFORMED_IN_A_ROW = 3;

    private static final Set<SetupProblem> PASSING = Set.of(
            SetupProblem.SLOT_IN_USE,
            SetupProblem.POSITIONS_LOCKED,
            SetupProblem.LIMIT_REACHED,
            // A slot is created anew behind a gap, and waits for others.
            SetupProblem.SLOT_CREATION_BLOCKED,
            SetupProblem.AUTHENTICATION,
            // It was PostgreSQL before: something between answers in its place for a while.
            SetupProblem.NOT_POSTGRESQL);

    private static final Set<SetupProblem> LEAVING =
            Set.of(SetupProblem.SLOT_IN_USE, SetupProblem.POSITIONS_LOCKED, SetupProblem.LIMIT_REACHED);

    /** Classes of SQLSTATE: feature not supported, invalid data, syntax error or access rule violation. */
    private static final Set<String> REFUSALS = Set.of("0A", "22", "42");

    private int failures;
    private String lastKind = "";
    private int malformed;
    private long malformedAt;

    /** A session brought something, or lasted: what is wrong now is something new. */
    void progressed() {
        failures = 0;
        lastKind = "";
    }

    /**
     * What people should be told of an error: all of it where it is another one than before, without the remedy where it
     * has come twice as often, and nothing else.
     */
    @Nullable
    String news(RuntimeException error) {
        String kind = error.getClass().getName();
        if (error instanceof SetupException setup) {
            kind += setup.problem();
        } else if (error instanceof ConnectException connect) {
            kind += connect.sqlState();
        }
        boolean other = !kind.equals(lastKind);
        lastKind = kind;
        if (other) {
            return error.getMessage();
        }
        if (Integer.bitCount(failures) != 1) {
            return null;
        }
        return error instanceof SetupException setup ? setup.reason() : error.getMessage();
    }

    /**
     * Whether a stream that was open once may be opened again after an error.
     *
     * @param received how far the stream was read
     */
    boolean mayOvercome(RuntimeException error, long received) {
        if (error instanceof ProtocolException) {
            malformed = received == malformedAt ? malformed + 1 : 1;
            malformedAt = received;
            return malformed < MALFORMED_IN_A_ROW;
        }
        if (error instanceof ConnectException connect) {
            return !isRefusal(connect.sqlState());
        }
        return error instanceof SetupException setup && PASSING.contains(setup.problem());
    }

    /**
     * Whether a stream that was never open may be tried again in the background: also where people have to do something
     * first, which they may at any time, as a migration does that has not run yet.
     *
     * @param received how far the stream was read
     */
    boolean mayComeAbout(RuntimeException error, long received) {
        return error instanceof SetupException || mayOvercome(error, received);
    }

    /** Whether the server answered that it will not, as it will again: what is asked for is wrong, or not supported. */
    private static boolean isRefusal(@Nullable String sqlState) {
        return sqlState != null && REFUSALS.contains(sqlState.substring(0, 2));
    }

    /** Whether another instance streams from the slot, or did and has not let go of it yet. */
    static boolean isOwnedByAnother(RuntimeException error) {
        return error instanceof SetupException setup
                && (setup.problem() == SetupProblem.SLOT_IN_USE || setup.problem() == SetupProblem.POSITIONS_LOCKED);
    }

    /** Whether the first attempts may go on after an error until the start's time is over: another instance may be leaving. */
    static boolean mayWaitAtStart(RuntimeException error) {
        return error instanceof SetupException setup && LEAVING.contains(setup.problem())
                || error instanceof ConnectException connect && Database.CANNOT_CONNECT_NOW.equals(connect.sqlState());
    }

    /** How long to wait after an error. */
    Duration pause(RuntimeException error) {
        boolean people = error instanceof SetupException setup
                && (setup.problem() == SetupProblem.AUTHENTICATION || !PASSING.contains(setup.problem()));
        return (people ? PEOPLE : LINK).pause(++failures);
    }
}
