package dev.realtime.type;

/**
 * An {@code interval} as the server keeps it (manual, section 8.5.4): three numbers, each with its own sign, that are not
 * converted into each other, since months and days differ in length. Equal are intervals of equal parts, as in Java's own
 * {@link java.time.Period}; the server's {@code =} takes a month for 30 days and a day for 24 hours instead. Immutable.
 *
 * @param months the months, years among them
 * @param days the days, weeks among them
 * @param microseconds the hours, minutes and seconds, in microseconds
 */
public record PgInterval(int months, int days, long microseconds) {

    /** {@code interval 'infinity'} (from 17 on), as the server stores it: each part is at its end. */
    public static final PgInterval INFINITY = new PgInterval(Integer.MAX_VALUE, Integer.MAX_VALUE, Long.MAX_VALUE);

    /** {@code interval '-infinity'} (from 17 on), as the server stores it: each part is at its end. */
    public static final PgInterval NEGATIVE_INFINITY =
            new PgInterval(Integer.MIN_VALUE, Integer.MIN_VALUE, Long.MIN_VALUE);

    /**
     * The interval as the server writes it under {@code IntervalStyle=iso_8601}.
     *
     * @return for example {@code P1Y2M-3DT4H5M6.789S}, {@code PT0S} for nothing, or {@code infinity}; the server reads it
     *     back
     */
    @Override
    public String toString() {
        return IntervalText.print(this);
    }
}
