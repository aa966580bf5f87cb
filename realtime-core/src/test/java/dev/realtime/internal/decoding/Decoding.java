package dev.realtime.internal.decoding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.type.PgType;
import dev.realtime.type.TypeCatalog;
import dev.realtime.type.TypeDecoder;
import dev.realtime.type.TypeRegistry;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Decodes as a column's binding does: one value among others in one array, which it must leave alone. */
final class Decoding {

    /** What would change a value if it were read with it. */
    private static final byte[] BEFORE = "{\"\\-9".getBytes(StandardCharsets.US_ASCII);

    private static final byte[] AFTER = "9.9e9\"}+01 BC".getBytes(StandardCharsets.US_ASCII);

    private static final Map<String, PgType> BY_NAME =
            TypeCatalog.builtIn().types().stream().collect(Collectors.toMap(PgType::name, Function.identity()));

    private static final Decoders STANDARD = new Decoders(TypeRegistry.standard(), TypeCatalog.builtIn());

    private Decoding() {}

    static PgType type(String name) {
        PgType type = BY_NAME.get(name);
        assertThat(type).as("built-in type %s", name).isNotNull();
        return type;
    }

    static TypeDecoder<?> decoder(String typeName) {
        return STANDARD.ofText(type(typeName).oid());
    }

    static Object decode(String typeName, String text) {
        return decode(decoder(typeName), text.getBytes(StandardCharsets.UTF_8));
    }

    static Object decode(TypeDecoder<?> decoder, byte[] text) {
        Object alone = decoder.decode(text, 0, text.length);
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        message.writeBytes(BEFORE);
        message.writeBytes(text);
        message.writeBytes(AFTER);
        byte[] bytes = message.toByteArray();
        Object among = decoder.decode(bytes, BEFORE.length, text.length);
        assertThat(among).as("decoded among other values").isEqualTo(alone);
        assertThat(bytes).as("the bytes afterwards").isEqualTo(message.toByteArray());
        return among;
    }

    /** A number that each run has another of, unless {@code -Drealtime.seed} says which. */
    static long seed() {
        return Long.getLong("realtime.seed", new Random().nextLong());
    }
}
