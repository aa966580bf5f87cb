package dev.realtime.internal.decoding.binary;

import static java.util.Map.entry;

import dev.realtime.type.TypeDecoder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The decoders of binary values: those of PostgreSQL's own types whose value is not their text, and those that are made of
 * others. Thread-safe.
 */
public final class BinaryDecoders {

    @FunctionalInterface
    private interface Reading {
        Object read(BinaryReader in);
    }

    private static final Map<String, Reading> BY_NAME = Map.ofEntries(
            entry("bool", BinaryValues::bool),
            entry("int2", BinaryReader::int16),
            entry("int4", BinaryReader::int32),
            entry("int8", BinaryReader::int64),
            entry("oid", BinaryValues::uint4),
            entry("xid", BinaryValues::uint4),
            entry("cid", BinaryValues::uint4),
            entry("float4", BinaryValues::float4),
            entry("float8", BinaryValues::float8),
            entry("numeric", BinaryNumeric::numeric),
            entry("bytea", BinaryValues::bytea),
            entry("uuid", BinaryValues::uuid),
            entry("date", BinaryDateTimes::date),
            entry("time", BinaryDateTimes::time),
            entry("timetz", BinaryDateTimes::timetz),
            entry("timestamp", BinaryDateTimes::timestamp),
            entry("timestamptz", BinaryDateTimes::timestamptz),
            entry("interval", BinaryValues::interval));

    private BinaryDecoders() {}

    /**
     * The decoder of one of PostgreSQL's types whose value is not its text.
     *
     * @param name such as {@code int4}
     * @return empty where the value is the text
     */
    public static Optional<TypeDecoder<?>> ofName(String name) {
        return Optional.ofNullable(BY_NAME.get(name)).map(reading -> (bytes, offset, length) -> {
            BinaryReader in = new BinaryReader(name, bytes, offset, length);
            Object value = reading.read(in);
            in.end();
            return value;
        });
    }

    /**
     * The decoder of an array.
     *
     * @param type its name, for messages
     * @param elementOid the type that its values say to be of
     * @param element decodes an element
     * @return a decoder to nested arrays of objects
     */
    public static TypeDecoder<@Nullable Object[]> array(String type, int elementOid, TypeDecoder<?> element) {
        return (bytes, offset, length) ->
                new BinaryArrayReader(new BinaryReader(type, bytes, offset, length), elementOid, element).read();
    }

    /**
     * The decoder of a composite value by its fields: Int32 number of fields, and of each Int32 OID of its type, Int32 length
     * or -1 for NULL, value.
     *
     * @param type its name, for messages
     * @param fields a field's decoder by its OID
     * @param maker makes the value
     * @return a decoder to what the maker makes
     */
    public static TypeDecoder<?> composite(
            String type, IntFunction<TypeDecoder<?>> fields, Function<List<@Nullable Object>, Object> maker) {
        return (bytes, offset, length) -> {
            BinaryReader in = new BinaryReader(type, bytes, offset, length);
            int count = in.count(2 * Integer.BYTES);
            List<@Nullable Object> values = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                TypeDecoder<?> field = fields.apply(in.int32());
                int size = in.lengthOrNull();
                values.add(size < 0 ? null : field.decode(bytes, in.skip(size), size));
            }
            in.end();
            return maker.apply(Collections.unmodifiableList(values));
        };
    }
}
