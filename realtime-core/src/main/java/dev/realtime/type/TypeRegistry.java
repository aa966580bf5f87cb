package dev.realtime.type;

import dev.realtime.error.DecodingException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Which decoder stands for a type. A column asks once, when its relation is bound.
 *
 * <p>What a value of each type is in Java, unless a decoder of one's own says otherwise:
 *
 * <table>
 * <caption>Base values</caption>
 * <tr><th>PostgreSQL</th><th>Java</th><th>remarks</th></tr>
 * <tr><td>bool</td><td>{@link Boolean}</td><td></td></tr>
 * <tr><td>int2, int4, int8</td><td>{@link Short}, {@link Integer}, {@link Long}</td><td></td></tr>
 * <tr><td>oid, xid, cid</td><td>{@link Long}</td><td>they are unsigned</td></tr>
 * <tr><td>float4, float8</td><td>{@link Float}, {@link Double}</td><td>with NaN and the infinities</td></tr>
 * <tr><td>numeric</td><td>{@link java.math.BigDecimal}</td>
 *     <td>keeps the scale; for NaN and the infinities there is none: {@link DecodingException}</td></tr>
 * <tr><td>bytea</td><td>{@code byte[]}</td><td></td></tr>
 * <tr><td>uuid</td><td>{@link java.util.UUID}</td><td></td></tr>
 * <tr><td>date</td><td>{@link java.time.LocalDate}</td><td>the infinities are its {@code MIN} and {@code MAX}</td></tr>
 * <tr><td>time</td><td>{@link java.time.LocalTime}</td><td>24:00:00 is {@code MAX}</td></tr>
 * <tr><td>timetz</td><td>{@link java.time.OffsetTime}</td><td>24:00:00 is {@code MAX}, its offset is lost</td></tr>
 * <tr><td>timestamp</td><td>{@link java.time.LocalDateTime}</td><td>the infinities are its {@code MIN} and {@code MAX}</td></tr>
 * <tr><td>timestamptz</td><td>{@link java.time.OffsetDateTime}</td>
 *     <td>in UTC; the infinities are its {@code MIN} and {@code MAX}</td></tr>
 * <tr><td>interval</td><td>{@link PgInterval}</td><td></td></tr>
 * <tr><td>text, varchar, name, "char"</td><td>{@link String}</td><td></td></tr>
 * <tr><td>bpchar</td><td>{@link String}</td><td>with its padding</td></tr>
 * <tr><td>an enum</td><td>{@link String}</td><td>its label</td></tr>
 * <tr><td>a domain</td><td>what its base type is</td><td></td></tr>
 * <tr><td>an array</td><td>{@code Object[]}</td>
 *     <td>of base values, null for NULL, {@code Object[]} again for each further dimension; Java's index 0 is the first
 *     element whatever subscript SQL gives it</td></tr>
 * <tr><td>money</td><td>{@link String}</td><td>the text, since {@code lc_monetary} decides about its scale</td></tr>
 * <tr><td>all else</td><td>{@link String}</td>
 *     <td>the text: json, xml, ranges, composites, network addresses, and every type that is not known</td></tr>
 * </table>
 *
 * <p>A decoder of one's own must be safe to call from many threads, as ours are. Immutable.
 */
public final class TypeRegistry {

    static final String PG_CATALOG = "pg_catalog";

    /** Deeper than any real type: a catalogue put together from answers of different times might lead in a circle. */
    private static final int DEEPEST = 64;

    private static final TypeRegistry STANDARD = builder().build();

    private final Map<Name, TypeDecoder<?>> byName;

    private TypeRegistry(Map<Name, TypeDecoder<?>> byName) {
        this.byName = byName;
    }

    /**
     * The registry without decoders of one's own.
     *
     * @return always the same registry
     */
    public static TypeRegistry standard() {
        return STANDARD;
    }

    /**
     * A registry with decoders of one's own.
     *
     * @return a builder that begins with the decoders listed above
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * The decoder of a type: the one registered for its name, or else what its kind asks for. An unknown type is text.
     *
     * @param oid the type's OID
     * @param catalog the types that are known
     * @return a decoder of the type's text
     * @throws DecodingException where the catalogue leads in a circle
     */
    public TypeDecoder<?> decoder(int oid, TypeCatalog catalog) {
        return decoder(oid, catalog, 0);
    }

    private TypeDecoder<?> decoder(int oid, TypeCatalog catalog, int depth) {
        Optional<PgType> known = catalog.find(oid);
        if (known.isEmpty()) {
            return Texts::text;
        }
        PgType type = known.get();
        if (depth > DEEPEST) {
            throw new DecodingException("Type " + type.qualifiedName() + " (OID " + Integer.toUnsignedString(oid)
                    + ") is built on itself, by what the server said of it");
        }
        TypeDecoder<?> registered = byName.get(new Name(type.schema(), type.name()));
        if (registered != null) {
            return registered;
        }
        return switch (type.kind()) {
            case DOMAIN -> decoder(type.baseOid(), catalog, depth + 1);
            case ARRAY -> new ArrayDecoder(decoder(type.elementOid(), catalog, depth + 1), type.delimiter());
            case BASE, ENUM, COMPOSITE, RANGE, MULTIRANGE, PSEUDO -> Texts::text;
        };
    }

    /** Two names, not one with a dot: a quoted name may hold a dot. */
    private record Name(String schema, String name) {}

    /** Collects decoders. Confined to the thread that builds. */
    public static final class Builder {

        private final Map<Name, TypeDecoder<?>> byName = new HashMap<>();

        private Builder() {
            StandardDecoders.registerWith(this);
        }

        /**
         * Sets the decoder of a type, in place of the one it had, if any. It also decodes the elements of the type's arrays and
         * the domains over it, unless these have decoders of their own.
         *
         * @param schema the type's schema, as the server stores it; {@code pg_catalog} for PostgreSQL's own types
         * @param name the type's name, as the server stores it: {@code hstore}, {@code int4}
         * @param decoder makes the value; what it throws other than a {@link DecodingException}, and null, becomes one that
         *     names the type
         * @return this builder
         */
        public Builder register(String schema, String name, TypeDecoder<?> decoder) {
            Objects.requireNonNull(schema, "schema");
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(decoder, "decoder");
            byName.put(new Name(schema, name), new GuardedDecoder(schema + "." + name, decoder));
            return this;
        }

        /** One that is known to throw nothing but {@link DecodingException}. */
        void registerOwn(String name, TypeDecoder<?> decoder) {
            byName.put(new Name(PG_CATALOG, name), decoder);
        }

        /**
         * Builds.
         *
         * @return a registry that later changes to this builder leave alone
         */
        public TypeRegistry build() {
            return new TypeRegistry(Map.copyOf(byName));
        }
    }
}
