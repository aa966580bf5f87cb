package dev.realtime.type;

import dev.realtime.error.DecodingException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The application's own decoders, by the type they are for. Every other type has ours.
 *
 * <p>What a value of each type is in Java, in text as in binary form, unless a decoder of one's own says otherwise:
 *
 * <table>
 * <caption>Base values</caption>
 * <tr><th>PostgreSQL</th><th>Java</th><th>remarks</th></tr>
 * <tr><td>bool</td><td>{@link Boolean}</td><td></td></tr>
 * <tr><td>int2, int4, int8</td><td>{@link Short}, {@link Integer}, {@link Long}</td><td></td></tr>
 * <tr><td>oid, xid, cid</td><td>{@link Long}</td><td>they are unsigned</td></tr>
 * <tr><td>float4, float8</td><td>{@link Float}, {@link Double}</td><td>with NaN and the infinities</td></tr>
 * <tr><td>numeric</td><td>{@link java.math.BigDecimal}</td>
 *     <td>keeps the scale; NaN and the infinities are {@link Double}, as in the driver</td></tr>
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
 * <tr><td>money</td><td>{@link String}</td><td>the text under {@code lc_monetary=C}: {@code $1,234.50}</td></tr>
 * <tr><td>all else</td><td>{@link String}</td>
 *     <td>the text: json, xml, ranges, composites, network addresses, and every type that is not known</td></tr>
 * </table>
 *
 * <p>A decoder of one's own must be safe to call from many threads, as ours are. Immutable.
 */
public final class TypeRegistry {

    static final String PG_CATALOG = "pg_catalog";

    private static final TypeRegistry STANDARD = builder().build();

    private final Map<Name, TypeDecoder<?>> ofText;
    private final Map<Name, TypeDecoder<?>> ofBinary;
    private final Map<Name, Function<List<@Nullable Object>, Object>> ofFields;

    private TypeRegistry(Builder builder) {
        ofText = Map.copyOf(builder.ofText);
        ofBinary = Map.copyOf(builder.ofBinary);
        ofFields = Map.copyOf(builder.ofFields);
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
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * The application's decoder of a type's text.
     *
     * @param type the type
     * @return empty where none is registered
     */
    public Optional<TypeDecoder<?>> ofText(PgType type) {
        return Optional.ofNullable(ofText.get(Name.of(type)));
    }

    /**
     * The application's decoder of a type's binary form.
     *
     * @param type the type
     * @return empty where none is registered
     */
    public Optional<TypeDecoder<?>> ofBinary(PgType type) {
        return Optional.ofNullable(ofBinary.get(Name.of(type)));
    }

    /**
     * What the application makes of the fields of a composite type.
     *
     * @param type the type
     * @return throws nothing but {@link DecodingException}; empty where none is registered
     */
    public Optional<Function<List<@Nullable Object>, Object>> ofFields(PgType type) {
        return Optional.ofNullable(ofFields.get(Name.of(type)));
    }

    /** Two names, not one with a dot: a quoted name may hold a dot. */
    private record Name(String schema, String name) {

        static Name of(PgType type) {
            return new Name(type.schema(), type.name());
        }

        @Override
        public String toString() {
            return schema + "." + name;
        }
    }

    /** Collects decoders. Confined to the thread that builds. */
    public static final class Builder {

        private final Map<Name, TypeDecoder<?>> ofText = new HashMap<>();
        private final Map<Name, TypeDecoder<?>> ofBinary = new HashMap<>();
        private final Map<Name, Function<List<@Nullable Object>, Object>> ofFields = new HashMap<>();

        private Builder() {}

        /**
         * Sets the decoder of a type, in place of the one it had, if any. It also decodes the elements of the type's arrays and
         * the domains over it, unless these have decoders of their own, and the fields of {@linkplain #registerComposite
         * composites}. It is only ever given text: what a {@linkplain dev.realtime.type binary stream} brings is written as
         * text first, where {@link #registerBinary} says nothing else.
         *
         * @param schema the type's schema, as the server stores it; {@code pg_catalog} for PostgreSQL's own types
         * @param name the type's name, as the server stores it: {@code hstore}, {@code int4}
         * @param decoder makes the value of text; what it throws other than a {@link DecodingException}, and null, becomes one
         *     that names the type
         * @return this builder
         */
        public Builder register(String schema, String name, TypeDecoder<?> decoder) {
            Name type = name(schema, name);
            ofText.put(type, new GuardedDecoder(type.toString(), Objects.requireNonNull(decoder, "decoder")));
            return this;
        }

        /**
         * Sets the decoder of a type's binary form, what its send function writes. A type that is neither PostgreSQL's own nor
         * made of such types needs one in a binary stream.
         *
         * @param schema the type's schema, as the server stores it
         * @param name the type's name, as the server stores it
         * @param decoder makes the value of binary; what it throws other than a {@link DecodingException}, and null, becomes
         *     one that names the type. It should make the value that the decoder of the text makes: a server sends a type
         *     without a send function as text
         * @return this builder
         */
        public Builder registerBinary(String schema, String name, TypeDecoder<?> decoder) {
            Name type = name(schema, name);
            ofBinary.put(type, new GuardedDecoder(type.toString(), Objects.requireNonNull(decoder, "decoder")));
            return this;
        }

        /**
         * Makes a value of a composite type's fields, each decoded as a column of its type is. It serves text and binary;
         * without it a composite is its text.
         *
         * @param schema the type's schema, as the server stores it
         * @param name the type's name, as the server stores it
         * @param maker is given the fields in their order, with null for NULL; what it throws other than a {@link
         *     DecodingException}, and null, becomes one that names the type
         * @return this builder
         */
        public Builder registerComposite(String schema, String name, Function<List<@Nullable Object>, ?> maker) {
            Name type = name(schema, name);
            ofFields.put(type, GuardedDecoder.guarded(type.toString(), Objects.requireNonNull(maker, "maker")));
            return this;
        }

        private static Name name(String schema, String name) {
            return new Name(Objects.requireNonNull(schema, "schema"), Objects.requireNonNull(name, "name"));
        }

        /**
         * Builds.
         *
         * @return a registry that later changes to this builder leave alone
         */
        public TypeRegistry build() {
            return new TypeRegistry(this);
        }
    }
}
