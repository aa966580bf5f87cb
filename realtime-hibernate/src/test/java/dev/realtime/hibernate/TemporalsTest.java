package dev.realtime.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.PGStatement;

/** Dates and times read as {@code java.sql} ones, in a zone that has a summer time. */
class TemporalsTest {

    private static final Calendar UTC = new GregorianCalendar(TimeZone.getTimeZone("UTC"));

    private final TimeZone before = TimeZone.getDefault();

    @BeforeEach
    void inZurich() {
        TimeZone.setDefault(TimeZone.getTimeZone("Europe/Zurich"));
    }

    @AfterEach
    void asBefore() {
        TimeZone.setDefault(before);
    }

    @Test
    void aTimestampWithoutAZoneIsTakenInTheJvmsOrInTheCalendars() throws SQLException {
        LocalDateTime local = LocalDateTime.parse("2024-07-01T12:00:00.123456");

        assertThat(Temporals.timestamp(local, null)).isEqualTo(Timestamp.valueOf(local));
        assertThat(Temporals.timestamp(local, UTC).toInstant()).isEqualTo("2024-07-01T12:00:00.123456Z");
    }

    @Test
    void inTheGapOfSummerTimeTheTimeMovesForward() throws SQLException {
        LocalDateTime inTheGap = LocalDateTime.parse("2024-03-31T02:30:00");

        assertThat(Temporals.timestamp(inTheGap, null).toLocalDateTime()).isEqualTo("2024-03-31T03:30:00");
    }

    @Test
    void aTimestampWithAZoneIsTheInstantWhateverTheCalendar() throws SQLException {
        OffsetDateTime instant = OffsetDateTime.parse("2024-07-01T12:00:00.5Z");

        assertThat(Temporals.timestamp(instant, null).toInstant()).isEqualTo(instant.toInstant());
        assertThat(Temporals.timestamp(instant, UTC).toInstant()).isEqualTo(instant.toInstant());
    }

    @Test
    void aDateIsItsMidnight() throws SQLException {
        assertThat(Temporals.date(LocalDate.of(2024, 2, 29), null)).isEqualTo(Date.valueOf("2024-02-29"));
        assertThat(Temporals.date(LocalDate.of(2024, 2, 29), UTC).getTime())
                .isEqualTo(Instant.parse("2024-02-29T00:00:00Z").toEpochMilli());
    }

    @Test
    void aTimeKeepsItsMilliseconds() throws SQLException {
        LocalTime time = LocalTime.parse("12:34:56.789999");

        assertThat(Temporals.time(time, null).toLocalTime()).isEqualTo("12:34:56");
        assertThat(Temporals.time(time, UTC).getTime()).isEqualTo(45_296_789);
        assertThat(Temporals.time(OffsetTime.parse("01:00:00+01:00"), null)).isEqualTo(new Time(0));
    }

    @Test
    void theEndOfTheDayIsTheDriversToo() throws SQLException {
        assertThat(Temporals.time(LocalTime.MAX, UTC).getTime()).isEqualTo(86_400_000); // 24:00:00
    }

    @Test
    void theInfinitiesAreTheDrivers() throws SQLException {
        assertThat(Temporals.timestamp(OffsetDateTime.MAX, null).getTime())
                .isEqualTo(PGStatement.DATE_POSITIVE_INFINITY);
        assertThat(Temporals.timestamp(LocalDateTime.MIN, UTC).getTime()).isEqualTo(PGStatement.DATE_NEGATIVE_INFINITY);
        assertThat(Temporals.date(LocalDate.MAX, null).getTime()).isEqualTo(PGStatement.DATE_POSITIVE_INFINITY);
    }

    @Test
    void yearsBeforeChristAreCountedFromTheirEra() throws SQLException {
        Timestamp read = Temporals.timestamp(LocalDateTime.of(-43, 3, 15, 12, 0), UTC); // 44 BC

        Calendar calendar = new GregorianCalendar(TimeZone.getTimeZone("UTC"));
        calendar.setTime(read);
        assertThat(calendar.get(Calendar.ERA)).isEqualTo(GregorianCalendar.BC);
        assertThat(calendar.get(Calendar.YEAR)).isEqualTo(44);
    }
}
