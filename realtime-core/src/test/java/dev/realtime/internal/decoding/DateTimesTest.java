package dev.realtime.internal.decoding;

import static dev.realtime.internal.decoding.Decoding.decode;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.realtime.error.DecodingException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DateTimesTest {

    @ParameterizedTest
    @CsvSource({
        "2024-02-29, 2024-02-29",
        "0001-01-01, 0001-01-01",
        "0001-12-31 BC, 0000-12-31",
        "0001-02-29 BC, 0000-02-29",
        "0044-03-15 BC, -0043-03-15",
        "4714-11-24 BC, -4713-11-24",
        "10000-01-01, +10000-01-01",
        "294276-12-31, +294276-12-31",
        "5874897-12-31, +5874897-12-31",
        "infinity, +999999999-12-31",
        "-infinity, -999999999-01-01"
    })
    void dateIsALocalDate(String text, LocalDate expected) {
        assertThat(decode("date", text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "00:00:00, 00:00",
        "23:59:59, 23:59:59",
        "04:05:06.7, 04:05:06.7",
        "04:05:06.789, 04:05:06.789",
        "23:59:59.999999, 23:59:59.999999",
        "00:00:00.000001, 00:00:00.000001",
        "24:00:00, 23:59:59.999999999"
    })
    void timeIsALocalTime(String text, LocalTime expected) {
        assertThat(decode("time", text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "00:00:00+00, 00:00Z",
        "04:05:06.7+05:30, 04:05:06.7+05:30",
        "23:59:59.999999-12, 23:59:59.999999-12:00",
        "12:00:00+05:53:28, 12:00+05:53:28",
        "12:00:00-15:59:59, 12:00-15:59:59"
    })
    void timetzIsAnOffsetTime(String text, OffsetTime expected) {
        assertThat(decode("timetz", text)).isEqualTo(expected);
    }

    @Test
    void theEndOfTheDayIsTheLastTimeWhateverTheOffset() {
        assertThat(decode("timetz", "24:00:00+05:30")).isEqualTo(OffsetTime.MAX);
    }

    @ParameterizedTest
    @CsvSource({
        "2024-02-29 00:00:00, 2024-02-29T00:00",
        "2024-01-02 03:04:05.6, 2024-01-02T03:04:05.6",
        "0044-03-15 10:00:00 BC, -0043-03-15T10:00",
        "4713-01-01 00:00:00.000001 BC, -4712-01-01T00:00:00.000001",
        "294276-12-31 23:59:59.999999, +294276-12-31T23:59:59.999999"
    })
    void timestampIsALocalDateTime(String text, LocalDateTime expected) {
        assertThat(decode("timestamp", text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "2024-01-02 03:04:05.6+00, 2024-01-02T03:04:05.6Z",
        "2024-01-02 03:04:05.6+05:30, 2024-01-01T21:34:05.6Z",
        "2024-01-02 03:04:05.6-08, 2024-01-02T11:04:05.6Z",
        "1880-01-01 00:00:00+05:53:28, 1879-12-31T18:06:32Z",
        "4713-01-01 00:00:00+00 BC, -4712-01-01T00:00Z",
        "294276-12-31 23:59:59.999999+00, +294276-12-31T23:59:59.999999Z"
    })
    void timestamptzIsAnOffsetDateTimeInUtc(String text, OffsetDateTime expected) {
        OffsetDateTime decoded = (OffsetDateTime) decode("timestamptz", text);
        assertThat(decoded.getOffset()).isEqualTo(ZoneOffset.UTC);
        assertThat((Object) decoded).isEqualTo(expected);
    }

    @Test
    void theInfinitiesAreTheEndsOfJavasTypes() {
        assertThat(decode("timestamp", "infinity")).isEqualTo(LocalDateTime.MAX);
        assertThat(decode("timestamp", "-infinity")).isEqualTo(LocalDateTime.MIN);
        assertThat(decode("timestamptz", "infinity")).isEqualTo(OffsetDateTime.MAX);
        assertThat(decode("timestamptz", "-infinity")).isEqualTo(OffsetDateTime.MIN);
    }

    @ParameterizedTest
    @CsvSource({
        "date, ''",
        "date, 2024-1-1",
        "date, 2024-13-01",
        "date, 2023-02-29",
        "date, 2024-00-10",
        "date, 2024-01-00",
        "date, 0000-01-01",
        "date, 0000-01-01 BC",
        "date, 02/29/2024",
        "date, 2024-02-29 AD",
        "date, ' BC'",
        "date, inf",
        "date, -infinit",
        "date, 12345678-01-01",
        "date, 2024-01-01x",
        "date, 2O24-01-01",
        "date, 2024/01/01",
        "date, -2024-01-01",
        "time, ''",
        "time, 4:05:06",
        "time, 24:00:01",
        "time, 25:00:00",
        "time, 23:60:00",
        "time, 23:59:60",
        "time, 04:05",
        "time, 04:05:06.",
        "time, 04:05:06.1234567",
        "time, 04:05:06.12x",
        "time, 04-05-06",
        "time, '04:05:06,5'",
        "time, infinity",
        "timetz, ''",
        "timetz, 04:05:06",
        "timetz, 04:05:06+5",
        "timetz, 04:05:06+16",
        "timetz, 04:05:06+05:60",
        "timetz, 04:05:06+05.30",
        "timetz, 04:05:06+05:30:61",
        "timetz, +05",
        "timetz, 24:00:00+99",
        "timestamp, ''",
        "timestamp, 2024-02-29",
        "timestamp, 2024-02-29T00:00:00",
        "timestamp, 2024-02-29 24:00:00",
        "timestamp, 2024-02-29 00:00:00+00",
        "timestamp, '2024-02-29 '",
        "timestamp, 2024-02-29  0:00:00",
        "timestamptz, ''",
        "timestamptz, 2024-02-29 00:00:00",
        "timestamptz, 2024-02-29 00:00:00Z",
        "timestamptz, 2024-02-29 00:00:00 +00",
        "timestamptz, 2024-02-30 00:00:00+00",
        "timestamptz, +00",
        "timestamptz, +00 BC"
    })
    void whatIsNoSuchPointInTimeIsAnErrorWithoutTheValue(String type, String text) {
        assertThatExceptionOfType(DecodingException.class)
                .isThrownBy(() -> decode(type, text))
                .withMessage("Malformed value of type " + type + ": expected the form of DateStyle ISO")
                .withNoCause();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, -1, 59_999_999, 86_399_999_999L})
    void everyMicrosecondHasItsTime(long micros) {
        LocalDateTime expected = LocalDateTime.of(2000, 1, 1, 0, 0).plusNanos(micros * 1000);
        String text = "%s %s".formatted(expected.toLocalDate(), expected.toLocalTime());
        assertThat(decode("timestamp", text)).isEqualTo(expected);
    }
}
