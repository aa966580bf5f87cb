package dev.realtime.type;

/**
 * The decoders of PostgreSQL's own types. Whatever is not listed is text: besides the types of text these are money, json,
 * jsonb, xml, bit strings, network addresses, geometry, text search, ranges and the {@code reg...} types. Thread-safe.
 */
final class StandardDecoders {

    private StandardDecoders() {}

    static void registerWith(TypeRegistry.Builder builder) {
        builder.registerOwn("bool", Scalars::bool);
        builder.registerOwn("uuid", Scalars::uuid);
        builder.registerOwn("bytea", Bytea::bytea);
        builder.registerOwn("int2", Integers::int2);
        builder.registerOwn("int4", Integers::int4);
        builder.registerOwn("int8", Integers::int8);
        builder.registerOwn("oid", Integers::oid);
        builder.registerOwn("xid", Integers::xid);
        builder.registerOwn("cid", Integers::cid);
        builder.registerOwn("float4", Floats::float4);
        builder.registerOwn("float8", Floats::float8);
        builder.registerOwn("numeric", Numeric::numeric);
        builder.registerOwn("date", DateTimes::date);
        builder.registerOwn("time", DateTimes::time);
        builder.registerOwn("timetz", DateTimes::timetz);
        builder.registerOwn("timestamp", DateTimes::timestamp);
        builder.registerOwn("timestamptz", DateTimes::timestamptz);
        builder.registerOwn("interval", Intervals::interval);
    }
}
