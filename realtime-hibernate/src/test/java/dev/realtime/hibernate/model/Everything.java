package dev.realtime.hibernate.model;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Temporal;
import jakarta.persistence.TemporalType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.URI;
import java.net.URL;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Year;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Calendar;
import java.util.Currency;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TimeZone;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.annotations.TimeZoneStorage;
import org.hibernate.annotations.TimeZoneStorageType;
import org.hibernate.type.NumericBooleanConverter;
import org.hibernate.type.SqlTypes;
import org.hibernate.type.TrueFalseConverter;
import org.hibernate.type.YesNoConverter;

/** An attribute of each basic type. */
@Entity
public class Everything {

    public enum Colour {
        RED,
        GREEN
    }

    @Id
    long id;

    boolean aBoolean;
    byte aByte;
    short aShort;
    int anInt;
    float aFloat;
    double aDouble;
    char aChar;
    Boolean boxedBoolean;
    Byte boxedByte;
    Short boxedShort;
    Integer boxedInt;
    Long boxedLong;
    Float boxedFloat;
    Double boxedDouble;
    Character boxedChar;
    String string;

    @Column(columnDefinition = "text")
    String text;

    @Column(columnDefinition = "char(8)")
    String padded;

    @Column(precision = 30, scale = 6)
    BigDecimal decimal;

    BigInteger bigInteger;
    byte[] bytes;
    char[] chars;
    UUID uuid;

    @JdbcTypeCode(SqlTypes.CHAR)
    UUID uuidAsText;

    @JdbcTypeCode(SqlTypes.BINARY)
    UUID uuidAsBytes;

    LocalDate localDate;
    LocalTime localTime;
    LocalDateTime localDateTime;
    Instant instant;

    @JdbcTypeCode(SqlTypes.TIMESTAMP)
    Instant instantWithoutZone;

    OffsetDateTime offsetDateTime;

    @TimeZoneStorage(TimeZoneStorageType.NORMALIZE)
    OffsetDateTime normalized;

    @TimeZoneStorage(TimeZoneStorageType.COLUMN)
    OffsetDateTime withZoneColumn;

    ZonedDateTime zonedDateTime;
    OffsetTime offsetTime;

    @Temporal(TemporalType.TIMESTAMP)
    Date timestampDate;

    @Temporal(TemporalType.DATE)
    Date dateDate;

    @Temporal(TemporalType.TIME)
    Date timeDate;

    @Temporal(TemporalType.TIMESTAMP)
    Calendar calendar;

    java.sql.Date sqlDate;
    java.sql.Time sqlTime;
    java.sql.Timestamp sqlTimestamp;
    Duration duration;

    @JdbcTypeCode(SqlTypes.INTERVAL_SECOND)
    Duration interval;

    Year year;
    ZoneId zoneId;
    ZoneOffset zoneOffset;
    Currency currency;
    URL url;
    Locale locale;
    TimeZone timeZone;
    Class<?> type;
    InetAddress address;
    Colour ordinal;

    @Enumerated(EnumType.STRING)
    Colour named;

    @JdbcTypeCode(SqlTypes.NAMED_ENUM)
    Colour inServer;

    @Convert(converter = YesNoConverter.class)
    Boolean yesNo;

    @Convert(converter = TrueFalseConverter.class)
    Boolean trueFalse;

    @Convert(converter = NumericBooleanConverter.class)
    Boolean numeric;

    @Convert(converter = WordsConverter.class)
    List<String> words;

    int[] ints;
    Long[] longs;
    String[] strings;
    List<LocalDate> dates;
    Set<UUID> uuids;
    List<BigDecimal> decimals;
    List<Instant> instants;
    Double[] doubles;
    boolean[] booleans;
    List<Colour> colours;

    @JdbcTypeCode(SqlTypes.JSON)
    Map<String, Object> json;

    @JdbcTypeCode(SqlTypes.JSON)
    Point point;

    @JdbcTypeCode(SqlTypes.JSON)
    List<Point> points;

    protected Everything() {}

    /** Every attribute but the primitive ones is null. */
    public Everything(long id) {
        this.id = id;
        aChar = ' ';
    }

    public void fill() {
        aBoolean = true;
        aByte = -7;
        aShort = 300;
        anInt = -70_000;
        aFloat = 1.1f;
        aDouble = Math.PI;
        aChar = 'ß';
        boxedBoolean = false;
        boxedByte = Byte.MAX_VALUE;
        boxedShort = Short.MIN_VALUE;
        boxedInt = Integer.MAX_VALUE;
        boxedLong = Long.MIN_VALUE;
        boxedFloat = Float.NaN;
        boxedDouble = Double.NEGATIVE_INFINITY;
        boxedChar = 'x';
        string = "tab\t, quote ', backslash \\, snowman ☃ and 😀";
        text = "x".repeat(10_000);
        padded = "pad";
        decimal = new BigDecimal("-123456789012345.678900");
        bigInteger = new BigInteger("12345678901234567890123456789012345678");
        bytes = new byte[] {0, 1, -1, 127, -128};
        chars = "chars".toCharArray();
        uuid = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");
        uuidAsText = uuid;
        uuidAsBytes = uuid;
        fillTemporals();
        fillOthers();
    }

    private void fillTemporals() {
        localDate = LocalDate.of(2024, 2, 29);
        localTime = LocalTime.of(23, 59, 58);
        localDateTime = LocalDateTime.of(1999, 12, 31, 23, 59, 59, 123_456_000);
        instant = Instant.parse("2024-03-31T01:30:00.000001Z");
        instantWithoutZone = instant;
        offsetDateTime = OffsetDateTime.parse("2024-07-01T12:00:00.5+05:30");
        normalized = offsetDateTime;
        withZoneColumn = offsetDateTime;
        zonedDateTime = ZonedDateTime.parse("2024-07-01T12:00:00.5+02:00[Europe/Zurich]");
        offsetTime = OffsetTime.parse("12:34:56+01:00");
        timestampDate = new Date(1_700_000_000_123L);
        dateDate = java.sql.Date.valueOf("1970-01-01");
        timeDate = java.sql.Time.valueOf("06:07:08");
        calendar = Calendar.getInstance();
        calendar.setTimeInMillis(1_600_000_000_456L);
        sqlDate = java.sql.Date.valueOf("2001-02-03");
        sqlTime = java.sql.Time.valueOf("04:05:06");
        sqlTimestamp = java.sql.Timestamp.valueOf("2001-02-03 04:05:06.789");
        duration = Duration.ofSeconds(12_345, 678_000_000);
        interval = Duration.ofSeconds(93_784, 250_000_000);
        year = Year.of(2024);
        zoneId = ZoneId.of("Europe/Zurich");
        zoneOffset = ZoneOffset.ofHoursMinutes(5, 30);
        timeZone = TimeZone.getTimeZone("Asia/Kolkata");
    }

    private void fillOthers() {
        try {
            url = URI.create("https://example.org/a?b=c").toURL();
            address = InetAddress.getByAddress(new byte[] {10, 1, 2, 3});
        } catch (java.net.MalformedURLException | UnknownHostException impossible) {
            throw new AssertionError(impossible);
        }
        currency = Currency.getInstance("CHF");
        locale = Locale.CANADA_FRENCH;
        type = StandardCharsets.class;
        ordinal = Colour.GREEN;
        named = Colour.RED;
        inServer = Colour.GREEN;
        yesNo = true;
        trueFalse = false;
        numeric = true;
        words = List.of("one", "two");
        ints = new int[] {1, -2, 3};
        longs = new Long[] {1L, null, Long.MAX_VALUE};
        strings = new String[] {"a,b", "\"quoted\"", "back\\slash", "NULL", "", null};
        dates = List.of(LocalDate.of(2020, 1, 1), LocalDate.of(1950, 6, 15));
        uuids = Set.of(uuid);
        decimals = List.of(new BigDecimal("1.50"), new BigDecimal("-2"));
        instants = List.of(instant);
        doubles = new Double[] {1.5, null, Double.NaN};
        booleans = new boolean[] {true, false};
        colours = List.of(Colour.GREEN, Colour.RED);
        json = Map.of("name", "x", "list", List.of(1, 2));
        point = new Point(1, 2);
        points = List.of(new Point(3, 4), new Point(5, 6));
    }
}
