package dev.realtime.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DriverVersionTest {

    @ParameterizedTest
    @CsvSource({
        "42.7.11, true",
        "42.7.12, false",
        "42.7.14, false",
        "42.8.0, false",
        "42.6.99, true",
        "43.0.0, false",
        "42.7, true",
        "42.7.12-SNAPSHOT, false",
        "42.7.9.jre8, true"
    })
    void versionsAreComparedByNumber(String version, boolean below) {
        assertThat(DriverVersion.isBelow(version, DriverVersion.FLOOR)).isEqualTo(below);
    }
}
