package dev.realtime.internal.decoding.text;

import static java.util.Map.entry;

import dev.realtime.type.TypeDecoder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The decoders of text: those of PostgreSQL's own types by name, and those that are made of others. Thread-safe.
 */
public final class TextDecoders {

    private static final Map<String, TypeDecoder<?>> BY_NAME = Map.ofEntries(
            entry("bool", Scalars::bool),
            entry("uuid", Scalars::uuid),
            entry("bytea", Bytea::bytea),
            entry("int2", Integers::int2),
            entry("int4", Integers::int4),
            entry("int8", Integers::int8),
            entry("oid", Integers::oid),
            entry("xid", Integers::xid),
            entry("cid", Integers::cid),
            entry("float4", Floats::float4),
            entry("float8", Floats::float8),
            entry("numeric", Numeric::numeric),
            entry("date", DateTimes::date),
            entry("time", DateTimes::time),
            entry("timetz", DateTimes::timetz),
            entry("timestamp", DateTimes::timestamp),
            entry("timestamptz", DateTimes::timestamptz),
            entry("interval", Intervals::interval));

    private TextDecoders() {}

    /**
     * The decoder of one of PostgreSQL's types whose value is not its text.
     *
     * @param name such as {@code int4}
     * @return empty where the value is the text: besides the types of text these are money, json, jsonb, xml, bit strings,
     *     network addresses, geometry, text search, ranges and the {@code reg...} types
     */
    public static Optional<TypeDecoder<?>> ofName(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    /**
     * The decoder whose value is the text.
     *
     * @return always the same one
     */
    public static TypeDecoder<String> text() {
        return Texts::text;
    }

    /**
     * The decoder of an array.
     *
     * @param element decodes an element, without the quotes and backslashes that the array puts around it
     * @param delimiter what stands between two elements
     * @return a decoder to nested arrays of objects
     */
    public static TypeDecoder<@Nullable Object[]> array(TypeDecoder<?> element, char delimiter) {
        return (bytes, offset, length) -> new ArrayReader(bytes, offset, offset + length, element, delimiter).read();
    }

    /**
     * The decoder of a composite value by its fields.
     *
     * @param type the type's name, for messages
     * @param fields decode the fields, without the quotes that the composite puts around them
     * @param maker makes the value
     * @return a decoder to what the maker makes
     */
    public static TypeDecoder<?> composite(
            String type, List<TypeDecoder<?>> fields, Function<List<@Nullable Object>, Object> maker) {
        return (bytes, offset, length) ->
                maker.apply(new CompositeReader(type, bytes, offset, offset + length, fields).read());
    }
}
