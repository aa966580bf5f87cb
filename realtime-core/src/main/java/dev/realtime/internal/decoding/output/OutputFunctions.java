package dev.realtime.internal.decoding.output;

import static java.util.Map.entry;

import dev.realtime.internal.decoding.binary.BinaryNumeric;
import dev.realtime.internal.decoding.binary.BinaryReader;
import dev.realtime.internal.decoding.binary.BinaryValues;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.IntFunction;

/** The output functions: those of PostgreSQL's own types by name, and those of types that are made of others. Thread-safe. */
public final class OutputFunctions {

    private static final int INT2 = 21;
    private static final int OID = 26;

    private static final Map<String, OutputFunction> OWN = Map.ofEntries(
            entry("bool", (in, out) -> out.ascii(BinaryValues.bool(in) ? 't' : 'f')),
            entry("bytea", StringOutput::bytea),
            entry("char", StringOutput::singleByte),
            entry("name", StringOutput::same),
            entry("int8", (in, out) -> out.number(in.int64())),
            entry("int2", OutputFunctions::int2),
            entry("int2vector", (in, out) -> IdentifierOutput.vector(in, out, INT2, OutputFunctions::int2)),
            entry("int4", (in, out) -> out.number(in.int32())),
            entry("text", StringOutput::same),
            entry("json", StringOutput::same),
            entry("xml", StringOutput::same),
            entry("float4", (in, out) -> out.ascii(FloatOutput.float4(Float.intBitsToFloat(in.int32())))),
            entry("float8", (in, out) -> out.ascii(FloatOutput.float8(Double.longBitsToDouble(in.int64())))),
            entry("money", StringOutput::money),
            entry("bpchar", StringOutput::same),
            entry("varchar", StringOutput::same),
            entry("date", DateTimeOutput::date),
            entry("time", DateTimeOutput::time),
            entry("timestamp", DateTimeOutput::timestamp),
            entry("timestamptz", DateTimeOutput::timestamptz),
            entry("interval", (in, out) -> out.ascii(BinaryValues.interval(in).toString())),
            entry("timetz", DateTimeOutput::timetz),
            entry("bit", StringOutput::bits),
            entry("varbit", StringOutput::bits),
            entry("numeric", OutputFunctions::numeric),
            entry("uuid", (in, out) -> out.ascii(new UUID(in.int64(), in.int64()).toString())),
            entry("jsonb", StringOutput::versioned),
            entry("jsonpath", StringOutput::versioned),
            entry("oid", OutputFunctions::uint4),
            entry("tid", IdentifierOutput::tid),
            entry("xid", OutputFunctions::uint4),
            entry("cid", OutputFunctions::uint4),
            entry("oidvector", (in, out) -> IdentifierOutput.vector(in, out, OID, OutputFunctions::uint4)),
            entry("refcursor", StringOutput::same),
            entry("txid_snapshot", IdentifierOutput::snapshot),
            entry("pg_lsn", IdentifierOutput::lsn),
            entry("pg_snapshot", IdentifierOutput::snapshot),
            entry("xid8", (in, out) -> out.ascii(Long.toUnsignedString(in.int64()))),
            entry("cidr", NetworkOutput::cidr),
            entry("inet", NetworkOutput::inet),
            entry("macaddr", (in, out) -> NetworkOutput.mac(in, out, 6)),
            entry("macaddr8", (in, out) -> NetworkOutput.mac(in, out, 8)),
            entry("point", GeometryOutput::point),
            entry("lseg", GeometryOutput::lseg),
            entry("path", GeometryOutput::path),
            entry("box", GeometryOutput::box),
            entry("polygon", GeometryOutput::polygon),
            entry("line", GeometryOutput::line),
            entry("circle", GeometryOutput::circle),
            entry("tsvector", TextSearchOutput::tsvector),
            entry("tsquery", QueryOutput::tsquery));

    /** Extensions of PostgreSQL's own contrib; they lie in the schema that they were created in. */
    private static final Map<String, OutputFunction> CONTRIB = Map.of(
            "hstore", ContainerOutput::hstore,
            "citext", StringOutput::same,
            "ltree", StringOutput::versioned,
            "lquery", StringOutput::versioned,
            "ltxtquery", StringOutput::versioned);

    private OutputFunctions() {}

    /**
     * The output function of one of PostgreSQL's own types.
     *
     * @param name such as {@code inet}
     * @return empty for those whose binary form does not tell the text, such as {@code regclass}, or that have none
     */
    public static Optional<OutputFunction> own(String name) {
        return Optional.ofNullable(OWN.get(name));
    }

    /**
     * The output function of a type of an extension that comes with PostgreSQL.
     *
     * @param name such as {@code hstore}
     * @return empty for other types
     */
    public static Optional<OutputFunction> contrib(String name) {
        return Optional.ofNullable(CONTRIB.get(name));
    }

    /**
     * The output function of an enum: its label.
     *
     * @return always the same
     */
    public static OutputFunction label() {
        return StringOutput::same;
    }

    /**
     * The output function of an array.
     *
     * @param elementOid its elements' type
     * @param delimiter what stands between two of them
     * @param element writes one
     * @return the function
     */
    public static OutputFunction array(int elementOid, char delimiter, OutputFunction element) {
        return (in, out) -> ContainerOutput.array(in, out, elementOid, delimiter, element);
    }

    /**
     * The output function of a composite.
     *
     * @param fields writes a field, by the OID of its type
     * @return the function
     */
    public static OutputFunction composite(IntFunction<OutputFunction> fields) {
        return (in, out) -> ContainerOutput.composite(in, out, fields);
    }

    /**
     * The output function of a range.
     *
     * @param bound writes a bound
     * @return the function
     */
    public static OutputFunction range(OutputFunction bound) {
        return (in, out) -> ContainerOutput.range(in, out, bound);
    }

    /**
     * The output function of a multirange.
     *
     * @param range writes a range
     * @return the function
     */
    public static OutputFunction multirange(OutputFunction range) {
        return (in, out) -> ContainerOutput.multirange(in, out, range);
    }

    private static void int2(BinaryReader in, TextBuffer out) {
        out.number(in.int16());
    }

    private static void uint4(BinaryReader in, TextBuffer out) {
        out.ascii(Integer.toUnsignedString(in.int32()));
    }

    private static void numeric(BinaryReader in, TextBuffer out) {
        Number value = BinaryNumeric.numeric(in);
        out.ascii(value instanceof BigDecimal decimal ? decimal.toPlainString() : value.toString());
    }
}
