package dev.realtime.internal.decoding;

import static dev.realtime.internal.decoding.Decoding.decode;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.realtime.error.DecodingException;
import dev.realtime.type.PgInterval;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IntervalsTest {

    private static final int ROUNDS = 5_000;

    @ParameterizedTest
    @CsvSource({
        "PT0S, 0, 0, 0",
        "P1Y2M3DT4H5M6.789S, 14, 3, 14706789000",
        "P-1M2DT-3H, -1, 2, -10800000000",
        "P1Y, 12, 0, 0",
        "P-1Y-2M, -14, 0, 0",
        "P-3D, 0, -3, 0",
        "PT-0.000001S, 0, 0, -1",
        "PT0.5S, 0, 0, 500000",
        "PT100000H, 0, 0, 360000000000000",
        "P178956970Y7M, 2147483647, 0, 0",
        "P-178956970Y-8M, -2147483648, 0, 0",
        "PT2562047788H54.775807S, 0, 0, 9223372036854775807",
        "PT-2562047788H-54.775808S, 0, 0, -9223372036854775808"
    })
    void intervalKeepsItsThreeParts(String text, int months, int days, long microseconds) {
        PgInterval expected = new PgInterval(months, days, microseconds);
        assertThat(decode("interval", text)).isEqualTo(expected);
        assertThat(expected).hasToString(text);
    }

    @Test
    void infiniteIntervalsHaveAllPartsAtTheirEnd() {
        assertThat(decode("interval", "infinity")).isEqualTo(PgInterval.INFINITY);
        assertThat(decode("interval", "-infinity")).isEqualTo(PgInterval.NEGATIVE_INFINITY);
        assertThat(PgInterval.INFINITY).hasToString("infinity");
        assertThat(PgInterval.NEGATIVE_INFINITY).hasToString("-infinity");
    }

    @Test
    void everyIntervalComesBackFromItsText() {
        long seed = Decoding.seed();
        Random random = new Random(seed);
        for (int i = 0; i < ROUNDS; i++) {
            PgInterval interval = new PgInterval(
                    random.nextInt() >> random.nextInt(32),
                    random.nextInt() >> random.nextInt(32),
                    random.nextLong() >> random.nextInt(64));
            assertThat(decode("interval", interval.toString()))
                    .as("seed %d", seed)
                    .isEqualTo(interval);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "P",
                "PT",
                "P1",
                "P1S",
                "PT1D",
                "P1M1Y",
                "P1Y1Y",
                "PT1S1M",
                "P1DT",
                "P1.5D",
                "PT1.5H",
                "PT1.S",
                "PT.5S",
                "PT1.0000001S",
                "P--1D",
                "P+1D",
                "P-D",
                "1 day",
                "04:05:06",
                "P2147483648D",
                "P178956970Y8M",
                "PT2562047789H",
                "P99999999999999999999Y",
                "PT999999999999999999H",
                "infinite",
                "P1W",
                "P1Dx",
                "p1d"
            })
    void whatIsNoIntervalIsAnErrorWithoutTheValue(String text) {
        assertThatExceptionOfType(DecodingException.class)
                .isThrownBy(() -> decode("interval", text))
                .withMessage("Malformed value of type interval: expected the form of IntervalStyle iso_8601")
                .withNoCause();
    }
}
