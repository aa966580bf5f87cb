package dev.realtime.internal.decoding;

import dev.realtime.error.DecodingException;
import dev.realtime.internal.decoding.binary.BinaryDecoders;
import dev.realtime.internal.decoding.binary.BinaryReader;
import dev.realtime.internal.decoding.output.OutputFunction;
import dev.realtime.internal.decoding.output.OutputFunctions;
import dev.realtime.internal.decoding.output.TextBuffer;
import dev.realtime.internal.decoding.text.TextDecoders;
import dev.realtime.type.PgType;
import dev.realtime.type.PgType.Kind;
import dev.realtime.type.TypeCatalog;
import dev.realtime.type.TypeDecoder;
import dev.realtime.type.TypeRegistry;
import java.util.List;
import java.util.Optional;

/**
 * The decoder of each type: the application's, registered by its name, or else what its kind asks for. A column asks once,
 * when its relation is bound. Immutable.
 */
public final class Decoders {

    private static final String PG_CATALOG = "pg_catalog";

    /** Deeper than any real type: a catalogue put together from answers of different times might lead in a circle. */
    private static final int DEEPEST = 64;

    private final TypeRegistry registry;
    private final TypeCatalog catalog;

    /**
     * The decoders of the types of a catalogue.
     *
     * @param registry the application's own
     * @param catalog the types that are known
     */
    public Decoders(TypeRegistry registry, TypeCatalog catalog) {
        this.registry = registry;
        this.catalog = catalog;
    }

    /**
     * The decoder of a type's text. An unknown type is its text.
     *
     * @param oid the type's OID
     * @return a decoder to the type's base value
     * @throws DecodingException where the catalogue leads in a circle
     */
    public TypeDecoder<?> ofText(int oid) {
        return ofText(oid, 0);
    }

    private TypeDecoder<?> ofText(int oid, int depth) {
        Optional<PgType> known = catalog.find(oid);
        return known.isEmpty() ? TextDecoders.text() : ofText(known.get(), depth(known.get(), depth));
    }

    private TypeDecoder<?> ofText(PgType type, int depth) {
        Optional<TypeDecoder<?>> registered = registry.ofText(type);
        if (registered.isPresent()) {
            return registered.get();
        }
        return switch (type.kind()) {
            case DOMAIN -> ofText(type.part(), depth);
            case ARRAY -> TextDecoders.array(ofText(type.part(), depth), type.delimiter());
            case COMPOSITE -> compositeText(type, depth);
            case BASE -> own(type).flatMap(TextDecoders::ofName).orElse(TextDecoders.text());
            case ENUM, RANGE, MULTIRANGE, PSEUDO -> TextDecoders.text();
        };
    }

    private TypeDecoder<?> compositeText(PgType type, int depth) {
        var maker = registry.ofFields(type);
        if (maker.isEmpty()) {
            return TextDecoders.text();
        }
        List<TypeDecoder<?>> fields = type.parts().stream()
                .<TypeDecoder<?>>map(part -> ofText(part, depth))
                .toList();
        return TextDecoders.composite(type.qualifiedName(), fields, maker.get());
    }

    /**
     * The decoder of a type's binary form.
     *
     * @param oid the type's OID
     * @return a decoder to the same base value that {@link #ofText} gives; one that refuses every value where neither the
     *     application nor we can read the type's binary form
     * @throws DecodingException where the catalogue leads in a circle
     */
    public TypeDecoder<?> ofBinary(int oid) {
        return ofBinary(oid, 0);
    }

    private TypeDecoder<?> ofBinary(int oid, int depth) {
        Optional<PgType> known = catalog.find(oid);
        return known.isEmpty() ? refusing("unknown") : ofBinary(known.get(), depth(known.get(), depth));
    }

    private TypeDecoder<?> ofBinary(PgType type, int depth) {
        Optional<TypeDecoder<?>> registered = registry.ofBinary(type);
        if (registered.isPresent()) {
            return registered.get();
        }
        if (registry.ofText(type).isPresent()) {
            return written(type, ofText(type, depth), depth);
        }
        return switch (type.kind()) {
            case DOMAIN -> ofBinary(type.part(), depth);
            case ARRAY -> BinaryDecoders.array(type.qualifiedName(), type.part(), ofBinary(type.part(), depth));
            case COMPOSITE ->
                registry.ofFields(type)
                        .<TypeDecoder<?>>map(maker ->
                                BinaryDecoders.composite(type.qualifiedName(), field -> ofBinary(field, depth), maker))
                        .orElseGet(() -> written(type, TextDecoders.text(), depth));
            case BASE ->
                own(type).flatMap(BinaryDecoders::ofName).orElseGet(() -> written(type, TextDecoders.text(), depth));
            case ENUM, RANGE, MULTIRANGE, PSEUDO -> written(type, TextDecoders.text(), depth);
        };
    }

    /** Has the value written as text, and decodes that. */
    private TypeDecoder<?> written(PgType type, TypeDecoder<?> decoder, int depth) {
        OutputFunction output = output(type, depth);
        return (bytes, offset, length) -> {
            BinaryReader in = new BinaryReader(type.qualifiedName(), bytes, offset, length);
            TextBuffer text = new TextBuffer();
            output.write(in, text);
            in.end();
            return decoder.decode(text.array(), 0, text.size());
        };
    }

    private OutputFunction output(int oid, int depth) {
        Optional<PgType> known = catalog.find(oid);
        return known.isEmpty() ? refusal("unknown") : output(known.get(), depth(known.get(), depth));
    }

    private OutputFunction output(PgType type, int depth) {
        return switch (type.kind()) {
            case DOMAIN -> output(type.part(), depth);
            case ARRAY -> OutputFunctions.array(type.part(), type.delimiter(), output(type.part(), depth));
            case COMPOSITE -> OutputFunctions.composite(field -> output(field, depth));
            case RANGE -> OutputFunctions.range(output(type.part(), depth));
            case MULTIRANGE -> OutputFunctions.multirange(output(type.part(), depth));
            case ENUM -> OutputFunctions.label();
            case BASE ->
                own(type)
                        .map(OutputFunctions::own)
                        .orElseGet(() -> OutputFunctions.contrib(type.name()))
                        .orElseGet(() -> refusal(type.qualifiedName()));
            case PSEUDO -> refusal(type.qualifiedName());
        };
    }

    private static Optional<String> own(PgType type) {
        return type.kind() == Kind.BASE && type.schema().equals(PG_CATALOG)
                ? Optional.of(type.name())
                : Optional.empty();
    }

    private static TypeDecoder<?> refusing(String type) {
        return (bytes, offset, length) -> {
            throw unreadable(type);
        };
    }

    private static OutputFunction refusal(String type) {
        return (in, out) -> {
            throw unreadable(type);
        };
    }

    private static DecodingException unreadable(String type) {
        return new DecodingException("Value of type " + type + " came in binary form, which is the type's own affair:"
                + " register a decoder with TypeRegistry.Builder.registerBinary, or stream text");
    }

    private static int depth(PgType type, int depth) {
        if (depth > DEEPEST) {
            throw new DecodingException("Type " + type.qualifiedName() + " (OID " + Integer.toUnsignedString(type.oid())
                    + ") is built on itself, by what the server said of it");
        }
        return depth + 1;
    }
}
