package dev.realtime.event;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Which attributes an update changed, or that nobody can know: only REPLICA IDENTITY FULL tells it. An update that set a
 * column to the value it had has changed nothing. Thread-safe.
 */
public final class Changes {

    private static final Changes UNKNOWN = new Changes(null);

    private final @Nullable Supplier<Map<String, Change>> source;
    private @Nullable Map<String, Change> byAttribute;

    private Changes(@Nullable Supplier<Map<String, Change>> source) {
        this.source = source;
    }

    /**
     * Nobody can know.
     *
     * @return changes that are not known
     */
    public static Changes unknown() {
        return UNKNOWN;
    }

    /**
     * The changes that are known, found out when they are first asked for.
     *
     * @param source gives each changed attribute, in the mapping's order; asked once
     * @return changes that are known
     */
    public static Changes of(Supplier<Map<String, Change>> source) {
        return new Changes(source);
    }

    /**
     * Whether it is known which attributes changed.
     *
     * @return true under REPLICA IDENTITY FULL
     */
    public boolean isKnown() {
        return source != null;
    }

    /**
     * Whether an attribute changed.
     *
     * @param attribute its name
     * @return true where its value before differs from its value after
     * @throws IllegalStateException where the changes are not known
     */
    public boolean contains(String attribute) {
        return asMap().containsKey(attribute);
    }

    /**
     * Every changed attribute, in the mapping's order.
     *
     * @return attribute to its values before and after
     * @throws IllegalStateException where the changes are not known
     * @throws dev.realtime.error.RealtimeException where a value cannot become its attribute
     */
    public synchronized Map<String, Change> asMap() {
        if (source == null) {
            throw new IllegalStateException(
                    "Which attributes changed is not known: the table's REPLICA IDENTITY is not FULL (see fullImages)");
        }
        Map<String, Change> known = byAttribute;
        if (known == null) {
            known = Collections.unmodifiableMap(new LinkedHashMap<>(source.get()));
            byAttribute = known;
        }
        return known;
    }

    /** The names of the changed attributes; no values. */
    @Override
    public String toString() {
        return source == null ? "unknown" : asMap().keySet().toString();
    }

    /**
     * The values of one attribute. Immutable, as far as the values are.
     *
     * @param before its value before the update
     * @param after its value after it
     */
    public record Change(@Nullable Object before, @Nullable Object after) {

        /** No values: they are not for logs. */
        @Override
        public String toString() {
            return "changed";
        }
    }
}
