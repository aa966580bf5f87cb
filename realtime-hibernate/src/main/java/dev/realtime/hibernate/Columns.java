package dev.realtime.hibernate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The columns that a mapping reads, in the order in which they were met: a column's ordinal is what a {@link Part} knows
 * of it, until the mapping is bound to a version of the table. Confined to the thread that builds the mapping.
 */
final class Columns {

    private final Map<String, Integer> ordinals = new LinkedHashMap<>();

    /**
     * @param name as PostgreSQL's catalogue holds it
     * @return its ordinal, from 0
     */
    int ordinal(String name) {
        return ordinals.computeIfAbsent(name, added -> ordinals.size());
    }

    List<String> names() {
        return List.copyOf(ordinals.keySet());
    }
}
