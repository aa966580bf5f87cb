package dev.realtime.hibernate;

import java.sql.Date;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;

/**
 * {@code java.time} base values read as {@code java.sql} ones, as the driver does it: a value without a zone is taken in
 * the calendar's (by default the JVM's), one with an offset is the instant it names; a time keeps its milliseconds.
 * Inside the gap that a change to summer time leaves, the time moves forward. Thread-safe.
 */
final class Temporals {

    private static final LocalDate EPOCH = LocalDate.of(1970, 1, 1);

    private Temporals() {}

    static Timestamp timestamp(Object value, @Nullable Calendar calendar) throws SQLException {
        if (isInfinite(value)) {
            return new Timestamp(infinity(value));
        }
        if (value instanceof OffsetDateTime instant) {
            return Timestamp.from(instant.toInstant());
        }
        LocalDateTime local = localDateTime(value);
        Timestamp timestamp = new Timestamp(millis(local.truncatedTo(ChronoUnit.SECONDS), calendar));
        timestamp.setNanos(local.getNano());
        return timestamp;
    }

    static Date date(Object value, @Nullable Calendar calendar) throws SQLException {
        if (isInfinite(value)) {
            return new Date(infinity(value));
        }
        LocalDate day = value instanceof OffsetDateTime instant
                ? instant.atZoneSameInstant(zone(calendar)).toLocalDate()
                : localDateTime(value).toLocalDate();
        return new Date(millis(day.atStartOfDay(), calendar));
    }

    static Time time(Object value, @Nullable Calendar calendar) throws SQLException {
        if (value instanceof OffsetTime time) {
            return new Time(EPOCH.atTime(time).toInstant().toEpochMilli());
        }
        LocalTime time = value instanceof OffsetDateTime instant
                ? instant.atZoneSameInstant(zone(calendar)).toLocalTime()
                : value instanceof LocalTime local
                        ? local
                        : localDateTime(value).toLocalTime();
        if (time.equals(LocalTime.MAX)) {
            return new Time(millis(EPOCH.plusDays(1).atStartOfDay(), calendar)); // 24:00:00
        }
        long seconds = millis(EPOCH.atTime(time.withNano(0)), calendar);
        return new Time(seconds + time.get(ChronoField.MILLI_OF_SECOND));
    }

    /** The value as one of {@code java.time}, or null where the type is none of them. */
    static @Nullable Object javaTime(Object value, Class<?> type) throws SQLException {
        if (type == OffsetDateTime.class) {
            return value instanceof LocalDateTime local ? local.atOffset(ZoneOffset.UTC) : null;
        }
        if (type == Instant.class) {
            return value instanceof OffsetDateTime instant
                    ? instant.toInstant()
                    : localDateTime(value).toInstant(ZoneOffset.UTC);
        }
        if (type == LocalDate.class) {
            return localDateTime(value).toLocalDate();
        }
        return null;
    }

    private static boolean isInfinite(Object value) {
        return value.equals(OffsetDateTime.MAX)
                || value.equals(OffsetDateTime.MIN)
                || value.equals(LocalDateTime.MAX)
                || value.equals(LocalDateTime.MIN)
                || value.equals(LocalDate.MAX)
                || value.equals(LocalDate.MIN);
    }

    /** The driver's stand-in for an infinity ({@code org.postgresql.PGStatement}). */
    private static long infinity(Object value) {
        boolean positive =
                value.equals(OffsetDateTime.MAX) || value.equals(LocalDateTime.MAX) || value.equals(LocalDate.MAX);
        return positive ? 9223372036825200000L : -9223372036832400000L;
    }

    private static LocalDateTime localDateTime(Object value) throws SQLException {
        if (value instanceof LocalDateTime local) {
            return local;
        }
        if (value instanceof LocalDate day) {
            return day.atStartOfDay();
        }
        throw Refusal.mismatch(value, "a date or timestamp");
    }

    private static long millis(LocalDateTime local, @Nullable Calendar calendar) {
        TimeZone zone = calendar == null ? TimeZone.getDefault() : calendar.getTimeZone();
        GregorianCalendar fields = new GregorianCalendar(zone);
        fields.clear();
        fields.set(Calendar.ERA, local.getYear() > 0 ? GregorianCalendar.AD : GregorianCalendar.BC);
        fields.set(Calendar.YEAR, local.get(ChronoField.YEAR_OF_ERA));
        fields.set(Calendar.MONTH, local.getMonthValue() - 1);
        fields.set(Calendar.DAY_OF_MONTH, local.getDayOfMonth());
        fields.set(Calendar.HOUR_OF_DAY, local.getHour());
        fields.set(Calendar.MINUTE, local.getMinute());
        fields.set(Calendar.SECOND, local.getSecond());
        return fields.getTimeInMillis();
    }

    private static ZoneId zone(@Nullable Calendar calendar) {
        return calendar == null
                ? ZoneId.systemDefault()
                : calendar.getTimeZone().toZoneId();
    }
}
