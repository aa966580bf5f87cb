package dev.realtime.internal.decoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.realtime.error.DecodingException;
import dev.realtime.type.PgType;
import dev.realtime.type.PgType.Kind;
import dev.realtime.type.TypeCatalog;
import dev.realtime.type.TypeDecoder;
import dev.realtime.type.TypeRegistry;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DecodersTest {

    private static final int INT4 = 23;
    private static final int INT4_ARRAY = 1007;
    private static final int NUMERIC = 1700;
    private static final int TEXT = 25;

    private static final PgType MOOD = new PgType(20001, "public", "mood", Kind.ENUM, List.of(), ',');
    private static final PgType MOODS = new PgType(20002, "public", "_mood", Kind.ARRAY, List.of(20001), ',');
    private static final PgType CENTS = new PgType(20003, "public", "cents", Kind.DOMAIN, List.of(INT4), ',');
    private static final PgType PRICE = new PgType(20004, "public", "price", Kind.DOMAIN, List.of(20003), ',');
    private static final PgType PRICES = new PgType(20005, "public", "_price", Kind.ARRAY, List.of(20004), ',');
    private static final PgType LIST = new PgType(20006, "public", "list", Kind.DOMAIN, List.of(INT4_ARRAY), ',');
    private static final PgType LISTS = new PgType(20007, "public", "_list", Kind.ARRAY, List.of(20006), ',');
    private static final PgType PAIR = new PgType(20008, "public", "pair", Kind.COMPOSITE, List.of(), ',');
    private static final PgType HSTORE = new PgType(-2, "public", "hstore", Kind.BASE, List.of(), ',');
    private static final PgType HSTORES = new PgType(-1, "public", "_hstore", Kind.ARRAY, List.of(-2), ',');

    private static final TypeCatalog CATALOG =
            TypeCatalog.builtIn().with(List.of(MOOD, MOODS, CENTS, PRICE, PRICES, LIST, LISTS, PAIR, HSTORE, HSTORES));

    @Test
    void anEnumIsItsLabel() {
        assertThat(decode(MOOD, "so, \"so\"")).isEqualTo("so, \"so\"");
        assertThat(decode(MOODS, "{sad,ok}")).isEqualTo(new Object[] {"sad", "ok"});
    }

    @Test
    void aDomainIsWhatLiesBeneathIt() {
        assertThat(decode(CENTS, "5")).isEqualTo(5);
        assertThat(decode(PRICE, "5")).isEqualTo(5);
        assertThat(decode(PRICES, "{5,6}")).isEqualTo(new Object[] {5, 6});
        assertThat(decode(LIST, "{5,6}")).isEqualTo(new Object[] {5, 6});
        assertThat(decode(LISTS, "{\"{5,6}\",\"{}\"}")).isEqualTo(new Object[] {new Object[] {5, 6}, new Object[0]});
    }

    @Test
    void whatIsNotKnownIsText() {
        assertThat(decode(PAIR, "(1,\"x\")")).isEqualTo("(1,\"x\")");
        assertThat(decode(TypeRegistry.standard(), 4_711, "anything")).isEqualTo("anything");
        PgType ofUnknown = new PgType(20020, "public", "_gone", Kind.ARRAY, List.of(20019), ',');
        TypeDecoder<?> decoder =
                new Decoders(TypeRegistry.standard(), TypeCatalog.builtIn().with(List.of(ofUnknown))).ofText(20020);
        assertThat(Decoding.decode(decoder, "{a}".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(new Object[] {"a"});
    }

    @Test
    void aDecoderOfOnesOwnAlsoDecodesArraysAndDomains() {
        TypeRegistry registry = TypeRegistry.builder()
                .register("public", "hstore", DecodersTest::hstore)
                .build();
        assertThat(decode(registry, HSTORE.oid(), "\"a\"=>\"1\"")).isEqualTo(Map.of("a", "1"));
        assertThat(decode(registry, HSTORES.oid(), "{\"\\\"a\\\"=>\\\"1\\\"\"}"))
                .isEqualTo(new Object[] {Map.of("a", "1")});
    }

    @Test
    void aDecoderOfOnesOwnGoesBeforeOurs() {
        TypeRegistry registry = TypeRegistry.builder()
                .register("pg_catalog", "numeric", DecodersTest::approximate)
                .register("public", "price", (bytes, offset, length) -> "a price")
                .build();
        assertThat(decode(registry, NUMERIC, "NaN")).isEqualTo(Double.NaN);
        assertThat(decode(registry, PRICE.oid(), "5")).isEqualTo("a price");
        assertThat(decode(registry, CENTS.oid(), "5")).isEqualTo(5);
        assertThat(decode(TypeRegistry.standard(), NUMERIC, "1.50")).isEqualTo(new BigDecimal("1.50"));
    }

    @Test
    void aTypeOfTheSameNameInAnotherSchemaIsAnotherType() {
        TypeRegistry registry = TypeRegistry.builder()
                .register("public", "int4", (bytes, offset, length) -> "mine")
                .register("a.b", "c", (bytes, offset, length) -> "dotted schema")
                .build();
        assertThat(decode(registry, INT4, "5")).isEqualTo(5);
        PgType dottedName = new PgType(20021, "a", "b.c", Kind.BASE, List.of(), ',');
        TypeDecoder<?> decoder = new Decoders(registry, CATALOG.with(List.of(dottedName))).ofText(20021);
        assertThat(Decoding.decode(decoder, new byte[] {'x'})).isEqualTo("x");
    }

    @Test
    void whatABuilderIsToldLaterIsNotInWhatItBuilt() {
        TypeRegistry.Builder builder = TypeRegistry.builder();
        TypeRegistry before = builder.build();
        builder.register("pg_catalog", "int4", (bytes, offset, length) -> "later");
        assertThat(decode(before, INT4, "5")).isEqualTo(5);
    }

    @Test
    void whatADecoderOfOnesOwnThrowsIsADecodingExceptionWithoutTheValue() {
        TypeRegistry registry = TypeRegistry.builder()
                .register(
                        "pg_catalog",
                        "text",
                        (bytes, offset, length) -> Integer.valueOf(new String(bytes, offset, length)))
                .build();
        assertThatExceptionOfType(DecodingException.class)
                .isThrownBy(() -> decode(registry, TEXT, "secret"))
                .withMessage("Value of type pg_catalog.text cannot be decoded: the decoder registered for it threw"
                        + " java.lang.NumberFormatException")
                .withNoCause()
                .satisfies(e ->
                        assertThat(e.getStackTrace()[0].getClassName()).isEqualTo("java.lang.NumberFormatException"));
    }

    @Test
    void aDecoderOfOnesOwnMayRefuse() {
        TypeRegistry registry = TypeRegistry.builder()
                .register("pg_catalog", "text", (bytes, offset, length) -> {
                    throw new DecodingException("not today");
                })
                .build();
        assertThatExceptionOfType(DecodingException.class)
                .isThrownBy(() -> decode(registry, TEXT, "x"))
                .withMessage("not today");
    }

    @Test
    @SuppressWarnings("NullAway") // What a user's code without null checks may do.
    void aDecoderOfOnesOwnMustGiveAValue() {
        TypeRegistry registry = TypeRegistry.builder()
                .register("pg_catalog", "text", (bytes, offset, length) -> null)
                .build();
        assertThatExceptionOfType(DecodingException.class)
                .isThrownBy(() -> decode(registry, TEXT, "x"))
                .withMessageEndingWith("the decoder registered for it gave null");
    }

    @Test
    void typesThatLeadInACircleAreAnError() {
        PgType one = new PgType(1_000_001, "public", "one", Kind.DOMAIN, List.of(1_000_002), ',');
        PgType two = new PgType(1_000_002, "public", "two", Kind.DOMAIN, List.of(1_000_001), ',');
        TypeCatalog circle = TypeCatalog.builtIn().with(List.of(one, two));
        assertThatExceptionOfType(DecodingException.class)
                .isThrownBy(() -> new Decoders(TypeRegistry.standard(), circle).ofText(1_000_001))
                .withMessageContaining("is built on itself");
    }

    @Test
    void inBinaryADecoderOfTextIsGivenWhatTheServerWouldHaveWritten() {
        Decoders decoders = new Decoders(
                TypeRegistry.builder()
                        .register(
                                "pg_catalog",
                                "int4",
                                (bytes, offset, length) ->
                                        "text " + new String(bytes, offset, length, StandardCharsets.UTF_8))
                        .build(),
                CATALOG);
        byte[] minusTwo = {-1, -1, -1, -2};
        assertThat(Decoding.decode(decoders.ofBinary(INT4), minusTwo)).isEqualTo("text -2");
        assertThat(Decoding.decode(decoders.ofBinary(PRICE.oid()), minusTwo))
                .as("of a domain over it")
                .isEqualTo("text -2");
        byte[] array = {0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 23, 0, 0, 0, 1, 0, 0, 0, 5, 0, 0, 0, 4, -1, -1, -1, -2};
        assertThat(Decoding.decode(decoders.ofBinary(INT4_ARRAY), array)).isEqualTo(new Object[] {"text -2"});
    }

    @Test
    void inBinaryADecoderOfBinaryGoesBeforeAllOthers() {
        Decoders decoders = new Decoders(
                TypeRegistry.builder()
                        .register("public", "hstore", (bytes, offset, length) -> "text")
                        .registerBinary("public", "hstore", (bytes, offset, length) -> length + " bytes")
                        .build(),
                CATALOG);
        assertThat(Decoding.decode(decoders.ofBinary(HSTORE.oid()), new byte[3]))
                .isEqualTo("3 bytes");
    }

    @Test
    void aCompositeIsMadeOfItsFieldsWhereOneSaysSo() {
        PgType pair = new PgType(20030, "public", "two", Kind.COMPOSITE, List.of(INT4, TEXT), ',');
        Decoders decoders = new Decoders(
                TypeRegistry.builder()
                        .registerComposite("public", "two", fields -> fields)
                        .build(),
                CATALOG.with(List.of(pair)));
        TypeDecoder<?> text = decoders.ofText(pair.oid());
        assertThat(Decoding.decode(text, bytes("(5,\"a \"\"b\"\", \\\\c\")")))
                .isEqualTo(Arrays.asList(5, "a \"b\", \\c"));
        assertThat(Decoding.decode(text, bytes("(,)"))).isEqualTo(Arrays.asList(null, null));
        assertThat(Decoding.decode(text, bytes("(5,\"\")"))).isEqualTo(Arrays.asList(5, ""));
        for (String malformed : List.of("", "(", "()", "(5)", "(5,a", "(5,a,b)", "(5,a)x", "5,a", "(5,\"a)", "(5,\\")) {
            assertThatExceptionOfType(DecodingException.class)
                    .as(malformed)
                    .isThrownBy(() -> Decoding.decode(text, bytes(malformed)))
                    .withMessageContaining("public.two");
        }
        byte[] binary = {0, 0, 0, 2, 0, 0, 0, 23, 0, 0, 0, 4, 0, 0, 0, 5, 0, 0, 0, 25, -1, -1, -1, -1};
        assertThat(Decoding.decode(decoders.ofBinary(pair.oid()), binary)).isEqualTo(Arrays.asList(5, null));
    }

    @Test
    void inBinaryWhatNobodyCanReadIsRefused() {
        PgType geometry = new PgType(20031, "public", "geometry", Kind.BASE, List.of(), ',');
        Decoders decoders = new Decoders(TypeRegistry.standard(), CATALOG.with(List.of(geometry)));
        assertThatExceptionOfType(DecodingException.class)
                .isThrownBy(() -> Decoding.decode(decoders.ofBinary(geometry.oid()), new byte[4]))
                .withMessageContaining("public.geometry")
                .withMessageContaining("registerBinary");
        assertThatExceptionOfType(DecodingException.class)
                .isThrownBy(() -> Decoding.decode(decoders.ofBinary(4_711), new byte[4]));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Object decode(PgType type, String text) {
        return decode(TypeRegistry.standard(), type.oid(), text);
    }

    private static Object decode(TypeRegistry registry, int oid, String text) {
        return Decoding.decode(new Decoders(registry, CATALOG).ofText(oid), text.getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, String> hstore(byte[] bytes, int offset, int length) {
        String[] pair = new String(bytes, offset, length, StandardCharsets.UTF_8)
                .replace("\"", "")
                .split("=>", 2);
        return Map.of(pair[0], pair[1]);
    }

    private static Double approximate(byte[] bytes, int offset, int length) {
        return Double.valueOf(new String(bytes, offset, length, StandardCharsets.US_ASCII));
    }
}
