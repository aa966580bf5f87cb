package dev.realtime.hibernate.model;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZonedDateTime;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.annotations.Nationalized;
import org.hibernate.annotations.TimeZoneStorage;
import org.hibernate.annotations.TimeZoneStorageType;
import org.hibernate.type.SqlTypes;

/** Basic types in columns of other types than the usual ones. */
public final class Basics {

    private Basics() {}

    public enum Size {
        SMALL,
        LARGE
    }

    @Entity(name = "Texts")
    public static class Texts {
        @Id
        int id;

        @JdbcTypeCode(SqlTypes.LONG32VARCHAR)
        String longText;

        @Nationalized
        String national;

        @Column(columnDefinition = "char(9)")
        String padded;

        @JdbcTypeCode(SqlTypes.LONGVARCHAR)
        char[] longChars;

        @JdbcTypeCode(SqlTypes.LONG32VARBINARY)
        byte[] longBytes;

        Byte[] boxedBytes;
    }

    @Entity(name = "Numbers")
    public static class Figures {
        @Id
        int id;

        @Column(columnDefinition = "numeric")
        BigDecimal anyScale;

        @Column(precision = 40, scale = 20)
        BigDecimal fine;

        @Column(precision = 60)
        BigInteger huge;

        @JdbcTypeCode(SqlTypes.NUMERIC)
        Long asNumeric;

        @JdbcTypeCode(SqlTypes.SMALLINT)
        Integer small;

        @JdbcTypeCode(SqlTypes.BIGINT)
        Integer large;

        @JdbcTypeCode(SqlTypes.VARCHAR)
        Integer asText;

        @JdbcTypeCode(SqlTypes.INTEGER)
        Boolean flagAsNumber;

        @JdbcTypeCode(SqlTypes.CHAR)
        Boolean flagAsLetter;
    }

    @Entity(name = "Enums")
    public static class Enums {
        @Id
        int id;

        Size ordinal;

        @Enumerated(EnumType.STRING)
        Size text;

        @JdbcTypeCode(SqlTypes.NAMED_ENUM)
        Size ofServer;

        @Enumerated(EnumType.STRING)
        @Column(columnDefinition = "char(5)")
        Size padded;

        @JdbcTypeCode(SqlTypes.BIGINT)
        Size wideOrdinal;
    }

    @Entity(name = "Zoned")
    public static class Zoned {
        @Id
        int id;

        @TimeZoneStorage(TimeZoneStorageType.NATIVE)
        OffsetDateTime offsetNative;

        @TimeZoneStorage(TimeZoneStorageType.NORMALIZE)
        OffsetDateTime offsetNormalized;

        @TimeZoneStorage(TimeZoneStorageType.NORMALIZE_UTC)
        OffsetDateTime offsetUtc;

        @TimeZoneStorage(TimeZoneStorageType.COLUMN)
        OffsetDateTime offsetColumn;

        @TimeZoneStorage(TimeZoneStorageType.NATIVE)
        ZonedDateTime zonedNative;

        @TimeZoneStorage(TimeZoneStorageType.NORMALIZE)
        ZonedDateTime zonedNormalized;

        @TimeZoneStorage(TimeZoneStorageType.NORMALIZE_UTC)
        ZonedDateTime zonedUtc;

        @TimeZoneStorage(TimeZoneStorageType.COLUMN)
        ZonedDateTime zonedColumn;

        @TimeZoneStorage(TimeZoneStorageType.NORMALIZE_UTC)
        OffsetTime timeUtc;

        @TimeZoneStorage(TimeZoneStorageType.COLUMN)
        OffsetTime timeColumn;
    }

    @Entity(name = "Moments")
    public static class Moments {
        @Id
        int id;

        @Column(columnDefinition = "timestamp(0)")
        Instant wholeSeconds;

        @JdbcTypeCode(SqlTypes.BIGINT)
        Instant asNumber;

        @JdbcTypeCode(SqlTypes.INTERVAL_SECOND)
        Duration interval;

        @JdbcTypeCode(SqlTypes.NUMERIC)
        Duration nanoseconds;
    }
}
