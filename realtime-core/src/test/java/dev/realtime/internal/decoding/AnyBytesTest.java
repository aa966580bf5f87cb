package dev.realtime.internal.decoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.realtime.error.DecodingException;
import dev.realtime.error.ProtocolException;
import dev.realtime.internal.pgoutput.PgOutputDecoder;
import dev.realtime.type.PgType;
import dev.realtime.type.PgType.Kind;
import dev.realtime.type.TypeCatalog;
import dev.realtime.type.TypeDecoder;
import dev.realtime.type.TypeRegistry;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Whatever bytes come, they are a value or a {@link DecodingException}, a message or a {@link ProtocolException}: for every
 * type in text and in binary. {@code -Drealtime.executions=10000000} tries more of them, {@code -Drealtime.seed=} the same
 * again.
 */
class AnyBytesTest {

    private static final int PAIR = 20_001;
    private static final int NESTED = 20_003;

    private static final TypeCatalog CATALOG = TypeCatalog.builtIn()
            .with(List.of(
                    new PgType(PAIR, "public", "pair", Kind.COMPOSITE, List.of(23, 25), ','),
                    new PgType(20_002, "public", "_pair", Kind.ARRAY, List.of(PAIR), ','),
                    new PgType(NESTED, "public", "nested", Kind.COMPOSITE, List.of(PAIR, 20_002, NESTED), ','),
                    new PgType(20_004, "public", "made", Kind.COMPOSITE, List.of(1184, 20_002), ','),
                    new PgType(20_005, "public", "mood", Kind.ENUM, List.of(), ','),
                    new PgType(20_006, "public", "hstore", Kind.BASE, List.of(), ','),
                    new PgType(20_007, "public", "ltree", Kind.BASE, List.of(), ','),
                    new PgType(20_008, "public", "cents", Kind.DOMAIN, List.of(20), ',')));

    private static final Decoders DECODERS = new Decoders(
            TypeRegistry.builder()
                    .registerComposite("public", "made", fields -> fields)
                    .build(),
            CATALOG);

    private static final List<PgType> TYPES = CATALOG.types().stream()
            .sorted(Comparator.comparing(PgType::qualifiedName))
            .toList();

    /** What texts are made of. */
    private static final String LETTERS = "0123456789+-.,:;eETPYMDHSBC NaNULinfty{}[]()=\"\\xtf";

    @Test
    void any_bytes_are_a_value_or_a_message_or_an_error() {
        long seed = Decoding.seed();
        Random random = new Random(seed);
        long executions = Long.getLong("realtime.executions", 100_000);
        for (long i = 0; i < executions; i++) {
            PgType type = TYPES.get(random.nextInt(TYPES.size()));
            int form = random.nextInt(5);
            byte[] bytes = form < 2 ? text(random) : binary(random, type);
            byte[] before = bytes.clone();
            try {
                if (form == 4) {
                    message(random, bytes);
                } else {
                    TypeDecoder<?> decoder = form < 2 ? DECODERS.ofText(type.oid()) : DECODERS.ofBinary(type.oid());
                    assertThat((Object) decoder.decode(bytes, 0, bytes.length)).isNotNull();
                }
            } catch (DecodingException | ProtocolException expected) {
                continue;
            } catch (RuntimeException | StackOverflowError e) {
                fail(
                        "Execution %d of seed %d, %s, %s"
                                .formatted(i, seed, type, HexFormat.of().formatHex(bytes)),
                        e);
            }
            assertThat(form == 4 || Arrays.equals(bytes, before)).isTrue();
        }
    }

    private static void message(Random random, byte[] bytes) {
        if (bytes.length > 0) {
            bytes[0] = (byte) "BCORYIUDTM".charAt(random.nextInt(10));
        }
        PgOutputDecoder.decode(bytes, 0, bytes.length, 1);
    }

    private static byte[] text(Random random) {
        byte[] bytes = new byte[random.nextInt(24)];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = random.nextInt(12) == 0
                    ? (byte) random.nextInt()
                    : (byte) LETTERS.charAt(random.nextInt(LETTERS.length()));
        }
        return bytes;
    }

    /** Numbers of two, four and eight bytes, most of them small, or the OID of what the type is made of. */
    private static byte[] binary(Random random, PgType type) {
        byte[] bytes = new byte[random.nextInt(48)];
        int at = 0;
        while (at < bytes.length) {
            int width = 1 << random.nextInt(4);
            long value = switch (random.nextInt(6)) {
                case 0 -> random.nextLong();
                case 1 -> -1;
                case 2 ->
                    type.parts().isEmpty()
                            ? 23
                            : type.parts().get(random.nextInt(type.parts().size()));
                case 3 -> bytes.length - at - width;
                default -> random.nextInt(5);
            };
            for (int shift = width - 1; shift >= 0 && at < bytes.length; shift--) {
                bytes[at++] = (byte) (value >> shift * 8);
            }
        }
        return bytes;
    }
}
