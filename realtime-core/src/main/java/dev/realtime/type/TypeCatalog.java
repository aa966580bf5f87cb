package dev.realtime.type;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The types that are known, by OID. It begins with those whose OID is the same on every server; the others it must be
 * given. Immutable.
 */
public final class TypeCatalog {

    private static final TypeCatalog BUILT_IN = new TypeCatalog(Map.of()).with(BuiltInTypes.all());

    private final Map<Integer, PgType> types;

    private TypeCatalog(Map<Integer, PgType> types) {
        this.types = types;
    }

    /**
     * The types of every server: those of {@code pg_catalog} that a column can have, with their arrays.
     *
     * @return always the same catalogue
     */
    public static TypeCatalog builtIn() {
        return BUILT_IN;
    }

    /**
     * A catalogue that knows more. Where an OID is known already the new type stands for it: the server may have dropped the
     * old one and given its OID away.
     *
     * @param more what the server answered
     * @return a new catalogue
     */
    public TypeCatalog with(Collection<PgType> more) {
        Map<Integer, PgType> all = new HashMap<>(types);
        for (PgType type : more) {
            all.put(type.oid(), type);
        }
        return new TypeCatalog(Map.copyOf(all));
    }

    /**
     * Whether a type is known. The types beneath it, a domain's base or an array's element, may still be unknown.
     *
     * @param oid the type's OID
     * @return whether {@link #find} finds it
     */
    public boolean knows(int oid) {
        return types.containsKey(oid);
    }

    /**
     * Looks a type up.
     *
     * @param oid the type's OID
     * @return the type, or empty where it is not known
     */
    public Optional<PgType> find(int oid) {
        return Optional.ofNullable(types.get(oid));
    }

    /**
     * The types that are known.
     *
     * @return each once, in no order
     */
    public Collection<PgType> types() {
        return types.values();
    }
}
