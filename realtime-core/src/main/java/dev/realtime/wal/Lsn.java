package dev.realtime.wal;

import java.util.Locale;
import java.util.Objects;

/**
 * A log sequence number: a byte position in the write-ahead log of one server and timeline, an unsigned 64-bit number.
 * PostgreSQL prints it as two hexadecimal halves, {@code 16/B374D848} (manual, section 8.20, {@code pg_lsn}). Immutable.
 */
public final class Lsn implements Comparable<Lsn> {

    /** {@code 0/0}: no position. PostgreSQL never writes a record there. */
    public static final Lsn ZERO = new Lsn(0);

    private final long value;

    private Lsn(long value) {
        this.value = value;
    }

    /**
     * The position of an unsigned 64-bit number.
     *
     * @param value the bits of the position; negative where the highest bit is set
     * @return the position
     */
    public static Lsn of(long value) {
        return value == 0 ? ZERO : new Lsn(value);
    }

    /**
     * Reads what PostgreSQL prints.
     *
     * @param text two hexadecimal halves of one to eight digits around a slash
     * @return the position
     * @throws IllegalArgumentException where the text is not of that form
     */
    public static Lsn parse(String text) {
        Objects.requireNonNull(text, "text");
        int slash = text.indexOf('/');
        if (slash < 1 || slash > 8 || text.length() - slash < 2 || text.length() - slash > 9) {
            throw new IllegalArgumentException("Not an LSN of the form 16/B374D848: " + text);
        }
        return of(half(text, 0, slash) << 32 | half(text, slash + 1, text.length()));
    }

    private static long half(String text, int from, int to) {
        long half = 0;
        for (int i = from; i < to; i++) {
            int digit = Character.digit(text.charAt(i), 16);
            if (digit < 0 || text.charAt(i) > 'f') {
                throw new IllegalArgumentException("Not an LSN of the form 16/B374D848: " + text);
            }
            half = half << 4 | digit;
        }
        return half;
    }

    /**
     * The bits of the position.
     *
     * @return an unsigned 64-bit number: compare it with {@link Long#compareUnsigned} only
     */
    public long value() {
        return value;
    }

    /**
     * Whether this position lies behind another.
     *
     * @param other the other position
     * @return true where this one is greater
     */
    public boolean isAfter(Lsn other) {
        return compareTo(other) > 0;
    }

    /**
     * Whether this position lies before another.
     *
     * @param other the other position
     * @return true where this one is smaller
     */
    public boolean isBefore(Lsn other) {
        return compareTo(other) < 0;
    }

    /**
     * How many bytes of log lie between another position and this one.
     *
     * @param other the earlier position
     * @return the distance in bytes, negative where {@code other} is later
     */
    public long bytesSince(Lsn other) {
        return value - other.value;
    }

    @Override
    public int compareTo(Lsn other) {
        return Long.compareUnsigned(value, other.value);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Lsn lsn && lsn.value == value;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(value);
    }

    /** As PostgreSQL prints it: {@code 16/B374D848}. */
    @Override
    public String toString() {
        return Long.toHexString(value >>> 32).toUpperCase(Locale.ROOT)
                + '/'
                + Long.toHexString(value & 0xFFFF_FFFFL).toUpperCase(Locale.ROOT);
    }
}
