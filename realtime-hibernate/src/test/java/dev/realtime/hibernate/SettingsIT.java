package dev.realtime.hibernate;

import dev.realtime.hibernate.model.Everything;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Settings that change how Hibernate reads times, in JVMs of several zones. */
class SettingsIT {

    @ParameterizedTest
    @CsvSource({
        "hibernate.jdbc.time_zone, UTC, Europe/Zurich",
        "hibernate.jdbc.time_zone, Asia/Kolkata, America/St_Johns",
        "hibernate.type.preferred_instant_jdbc_type, TIMESTAMP, Europe/Zurich",
        "hibernate.timezone.default_storage, NORMALIZE, America/St_Johns"
    })
    void everyBasicTypeEqualsWhatFindReturns(String setting, String value, String zone) throws Exception {
        TimeZone before = TimeZone.getDefault();
        TimeZone.setDefault(TimeZone.getTimeZone(zone));
        Map<String, Object> settings = Map.of(
                setting,
                value,
                "hibernate.physical_naming_strategy",
                "org.hibernate.boot.model.naming.CamelCaseToUnderscoresNamingStrategy");
        try (PersistenceUnit unit = new PersistenceUnit(settings, List.of(), Everything.class)) {
            unit.inTransaction(session -> {
                Everything full = new Everything(1);
                full.fill();
                session.persist(full);
            });
            SameEntity.verifyAll(unit, Everything.class);
        } finally {
            TimeZone.setDefault(before);
        }
    }

    /** Of the classes that Hibernate then asks the driver for; it refuses others, a zoned time among them. */
    @Test
    void javaTimeIsReadDirectlyWhereTheSettingSaysSo() throws Exception {
        Map<String, Object> settings = Map.of("hibernate.type.java_time_use_direct_jdbc", "true");
        try (PersistenceUnit unit = new PersistenceUnit(settings, List.of(), Moments.class)) {
            unit.inTransaction(session -> session.persist(new Moments()));
            SameEntity.verifyAll(unit, Moments.class);
        }
    }

    @Entity(name = "Moments")
    static class Moments {
        @Id
        int id;

        LocalDate day = LocalDate.of(2024, 2, 29);

        @Column(name = "clock")
        LocalTime time = LocalTime.parse("12:34:56.789123");

        LocalDateTime local = LocalDateTime.parse("2024-03-31T02:30:00.000001");
        Instant instant = Instant.parse("2024-03-31T01:30:00.000001Z");
        OffsetDateTime abroad = OffsetDateTime.parse("2024-07-01T12:00:00.5+05:30");
    }
}
