package dev.realtime.event;

import java.time.Duration;
import java.util.Objects;

/**
 * What becomes of an event whose handler failed: it is offered again after a pause that doubles each time, with full
 * jitter, and after so many attempts something is done about it. By default it is offered for ever, so that nothing is
 * ever passed over without being asked for. Immutable.
 */
public final class Retry {

    /** What is done when an event was offered as often as it may be. */
    public enum Exhausted {
        /** The subscription stops and holds its place: nothing is lost, and PostgreSQL keeps its log for it. */
        STOP,
        /** The event is put aside in a table of the application's database, and the subscription goes on without it. */
        PARK,
        /** The event is counted and named in the log, and the subscription goes on without it. */
        SKIP
    }

    /** 100 ms doubling to 30 s, for ever. */
    public static final Retry FOREVER =
            new Retry(Duration.ofMillis(100), Duration.ofSeconds(30), Integer.MAX_VALUE, Exhausted.STOP);

    private final Duration first;
    private final Duration most;
    private final int attempts;
    private final Exhausted exhausted;

    private Retry(Duration first, Duration most, int attempts, Exhausted exhausted) {
        this.first = Objects.requireNonNull(first, "first");
        this.most = Objects.requireNonNull(most, "most");
        this.attempts = attempts;
        this.exhausted = exhausted;
        if (first.isNegative() || most.compareTo(first) < 0) {
            throw new IllegalArgumentException("Pauses grow from " + first + " to " + most + ": they cannot");
        }
        if (attempts < 1) {
            throw new IllegalArgumentException("An event is offered at least once, not " + attempts + " times");
        }
    }

    /**
     * Pauses that double, for ever.
     *
     * @param first the bound of the first pause
     * @param most the bound of every pause
     * @return a policy without end
     */
    public static Retry exponential(Duration first, Duration most) {
        return new Retry(first, most, Integer.MAX_VALUE, Exhausted.STOP);
    }

    /**
     * Pauses of 100 ms doubling to 30 s, and a bound on the attempts; then the subscription stops, unless something else is
     * asked for.
     *
     * @param attempts how often an event is offered in all, at least once
     * @return such a policy
     */
    public static Retry atMost(int attempts) {
        return FOREVER.attempts(attempts);
    }

    /**
     * No second attempt.
     *
     * @return a policy that stops at the first failure
     */
    public static Retry never() {
        return new Retry(Duration.ZERO, Duration.ZERO, 1, Exhausted.STOP);
    }

    /**
     * Bounds the attempts; then the subscription stops, unless something else is asked for.
     *
     * @param count how often an event is offered in all, at least once
     * @return such a policy
     */
    public Retry attempts(int count) {
        return new Retry(first, most, count, exhausted);
    }

    /**
     * Stops the subscription when the attempts are over. This is the default.
     *
     * @return such a policy
     */
    public Retry thenStop() {
        return new Retry(first, most, attempts, Exhausted.STOP);
    }

    /**
     * Puts the event aside when the attempts are over, and goes on behind it when it lies safe in the dead-letter table of
     * the application's database; until then it is held. A row that cannot be decoded is put aside like one that its handler
     * refuses. {@code Realtime.deadLetters()} lists, replays and discards what lies there. The table holds the row as
     * PostgreSQL sent it; a change of more than 64 MB is not put aside, and stops the subscription.
     *
     * @return such a policy
     */
    public Retry thenPark() {
        return new Retry(first, most, attempts, Exhausted.PARK);
    }

    /**
     * Goes on without the event when the attempts are over; it is counted and its id is logged.
     *
     * @return such a policy
     */
    public Retry thenSkip() {
        return new Retry(first, most, attempts, Exhausted.SKIP);
    }

    /**
     * The bound of the first pause.
     *
     * @return never negative
     */
    public Duration first() {
        return first;
    }

    /**
     * The bound of every pause.
     *
     * @return at least {@link #first()}
     */
    public Duration most() {
        return most;
    }

    /**
     * How often an event is offered in all.
     *
     * @return at least 1; {@link Integer#MAX_VALUE} where there is no bound
     */
    public int attempts() {
        return attempts;
    }

    /**
     * What is done then.
     *
     * @return never null
     */
    public Exhausted exhausted() {
        return exhausted;
    }
}
