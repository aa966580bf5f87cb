package dev.realtime.hibernate;

import dev.realtime.type.PgInterval;
import java.math.BigDecimal;
import java.sql.Date;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.util.UUID;
import org.postgresql.util.PGInterval;

/**
 * The base values of {@link dev.realtime.type} as JDBC's reader without a type, or with one, would give them. Thread-safe.
 */
final class BaseValues {

    private static final long MICROS_PER_SECOND = 1_000_000;

    private BaseValues() {}

    /** What {@code getString} gives: only where Java's form of the value is PostgreSQL's too. */
    static String text(Object value) throws SQLException {
        if (value instanceof String text) {
            return text;
        }
        if (value instanceof Boolean flag) {
            return flag ? "t" : "f";
        }
        if (value instanceof BigDecimal decimal) {
            return decimal.toPlainString();
        }
        if (value instanceof Long || value instanceof Integer || value instanceof Short || value instanceof UUID) {
            return value.toString();
        }
        throw Refusal.mismatch(value, "String");
    }

    /** What {@code getObject} gives: the driver's class for the type. */
    static Object jdbc(Object value) throws SQLException {
        if (value instanceof Short small) {
            return small.intValue();
        }
        if (value instanceof LocalDate) {
            return Temporals.date(value, null);
        }
        if (value instanceof LocalTime || value instanceof OffsetTime) {
            return Temporals.time(value, null);
        }
        if (value instanceof LocalDateTime || value instanceof OffsetDateTime) {
            return Temporals.timestamp(value, null);
        }
        if (value instanceof PgInterval interval) {
            return interval(interval);
        }
        if (value instanceof Object[] elements) {
            return new RowArray(elements);
        }
        return value;
    }

    private static PGInterval interval(PgInterval value) throws SQLException {
        if (value.equals(PgInterval.INFINITY) || value.equals(PgInterval.NEGATIVE_INFINITY)) {
            throw Refusal.mismatch(value, "PGInterval, which has no infinity");
        }
        long seconds = value.microseconds() / MICROS_PER_SECOND;
        return new PGInterval(
                value.months() / 12,
                value.months() % 12,
                value.days(),
                (int) (seconds / 3600),
                (int) (seconds / 60 % 60),
                seconds % 60 + value.microseconds() % MICROS_PER_SECOND / (double) MICROS_PER_SECOND);
    }

    /** What {@code getObject} gives where a class is asked for. */
    static <T> T as(Object value, Class<T> type) throws SQLException {
        if (type != Object.class && type.isInstance(value)) {
            return type.cast(value);
        }
        Object converted = converted(value, type);
        if (!type.isInstance(converted)) {
            throw Refusal.mismatch(value, type.getSimpleName());
        }
        return type.cast(converted);
    }

    private static Object converted(Object value, Class<?> type) throws SQLException {
        if (type == String.class) {
            return text(value);
        }
        if (type == Integer.class) {
            return (int) Numbers.integer(value, Integer.MIN_VALUE, Integer.MAX_VALUE, "int");
        }
        if (type == Short.class) {
            return (short) Numbers.integer(value, Short.MIN_VALUE, Short.MAX_VALUE, "short");
        }
        if (type == Long.class) {
            return Numbers.integer(value, Long.MIN_VALUE, Long.MAX_VALUE, "long");
        }
        if (type == BigDecimal.class) {
            return Numbers.decimal(value, "BigDecimal");
        }
        if (type == Double.class) {
            return Numbers.floating(value);
        }
        if (type == Float.class) {
            return Numbers.singleFloating(value);
        }
        if (type == Boolean.class) {
            return Numbers.flag(value);
        }
        if (type == UUID.class && value instanceof String text) {
            return uuid(text);
        }
        if (type == Date.class || type == Time.class || type == Timestamp.class) {
            return type == Date.class
                    ? Temporals.date(value, null)
                    : type == Time.class ? Temporals.time(value, null) : Temporals.timestamp(value, null);
        }
        Object temporal = Temporals.javaTime(value, type);
        return temporal == null ? jdbc(value) : temporal;
    }

    private static UUID uuid(String text) throws SQLException {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException notAUuid) {
            throw Refusal.mismatch(text, "UUID");
        }
    }
}
