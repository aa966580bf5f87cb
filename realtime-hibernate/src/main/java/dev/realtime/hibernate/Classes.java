package dev.realtime.hibernate;

import dev.realtime.error.MappingException;
import dev.realtime.mapping.Table;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.hibernate.metamodel.mapping.DiscriminatorMapping;
import org.jspecify.annotations.Nullable;

/**
 * Which class of entities a row is: the only one, the one that the discriminator column names, or the one that lies in the
 * tables that the row shows. Thread-safe.
 */
final class Classes {

    private final EntityShape registered;
    private final List<EntityShape> all;
    private final Set<String> hierarchy;
    private final boolean selective;
    private final @Nullable DiscriminatorMapping discriminator;
    private final @Nullable BasicPart column;
    private final @Nullable ClassLookup lookup;

    /**
     * @param registered the class that was asked for
     * @param all it and its subclasses, in their order
     * @param hierarchy the names of all concrete classes that its tables hold, as Hibernate has them
     * @param discriminator null where no column tells the class
     * @param column what reads it; null where there is none
     * @param lookup asked where a row does not tell; null where nobody may be
     */
    Classes(
            EntityShape registered,
            List<EntityShape> all,
            Set<String> hierarchy,
            @Nullable DiscriminatorMapping discriminator,
            @Nullable BasicPart column,
            @Nullable ClassLookup lookup) {
        this.registered = registered;
        this.all = List.copyOf(all);
        this.hierarchy = Set.copyOf(hierarchy);
        this.selective = hierarchy.stream()
                .anyMatch(name ->
                        all.stream().noneMatch(shape -> shape.entityName().equals(name)));
        this.discriminator = discriminator;
        this.column = column;
        this.lookup = lookup;
    }

    boolean isLookedUp() {
        return lookup != null;
    }

    List<EntityShape> all() {
        return all;
    }

    EntityShape registered() {
        return registered;
    }

    /** Whether the tables hold rows of classes that are not among these. */
    boolean isSelective() {
        return selective;
    }

    /** How many of them lie in a table. */
    long in(int table) {
        return all.stream()
                .filter(shape -> !shape.isAbstract() && shape.tables().contains(table))
                .count();
    }

    /** The ordinal of the discriminator; none where no column tells the class. */
    int[] columns() {
        return column == null ? new int[0] : column.columns();
    }

    /** The classes that a change of some tables can be of. */
    Among among(Table tables) {
        Set<Integer> seen = new TreeSet<>();
        tables.columns().forEach(each -> seen.add(each.table()));
        seen.add(0);
        return new Among(
                all.stream()
                        .filter(shape -> !shape.isAbstract() && shape.tables().containsAll(seen))
                        .toList(),
                seen);
    }

    /** Null where the discriminator names a class that is in the tables, and none of these. */
    private @Nullable EntityShape named(BasicPart named, DiscriminatorMapping by, Reading reading) {
        String entity = entityName(by, named.raw(reading), named, reading);
        for (EntityShape shape : all) {
            if (shape.entityName().equals(entity)) {
                return shape;
            }
        }
        if (hierarchy.contains(entity)) {
            return null;
        }
        throw new MappingException(named.path() + ": column " + reading.describe(named.ordinal())
                + " names a class outside the hierarchy of "
                + registered.type().getName());
    }

    private static String entityName(
            DiscriminatorMapping discriminator, @Nullable Object value, BasicPart column, Reading reading) {
        try {
            return discriminator
                    .getValueConverter()
                    .getDetailsForDiscriminatorValue(value)
                    .getIndicatedEntity()
                    .getEntityName();
        } catch (RuntimeException unknown) {
            throw Failure.of(
                    column.path() + ": column " + reading.describe(column.ordinal())
                            + " names no class of the hierarchy",
                    unknown);
        }
    }

    /** The classes that can lie in some tables. Thread-safe. */
    final class Among {

        private final List<EntityShape> candidates;
        private final @Nullable EntityShape whole;
        private final EntityShape common;

        private Among(List<EntityShape> candidates, Set<Integer> seen) {
            this.candidates = candidates.isEmpty() ? all : candidates;
            List<EntityShape> exact =
                    candidates.stream().filter(shape -> shape.liesIn(seen)).toList();
            this.whole = exact.size() == 1 ? exact.get(0) : null;
            this.common = common(candidates);
        }

        private EntityShape common(List<EntityShape> of) {
            EntityShape found = registered;
            for (EntityShape shape : all) {
                boolean isAbove = of.stream().allMatch(each -> shape.type().isAssignableFrom(each.type()));
                if (isAbove && !of.isEmpty() && found.type().isAssignableFrom(shape.type())) {
                    found = shape;
                }
            }
            return found;
        }

        List<EntityShape> candidates() {
            return candidates;
        }

        /** The most special class that all rows are of. */
        EntityShape common() {
            return common;
        }

        /** Whether a row is of one of the classes; true also where it does not tell. */
        boolean has(Reading reading) {
            if (column != null && discriminator != null && reading.knows(column.columns())) {
                return named(column, discriminator, reading) != null;
            }
            return true;
        }

        /** Null where the row does not tell. */
        @Nullable
        EntityShape known(Reading reading) {
            if (column != null && discriminator != null && reading.knows(column.columns())) {
                EntityShape named = named(column, discriminator, reading);
                if (named == null) {
                    throw new MappingException(column.path() + ": column " + reading.describe(column.ordinal())
                            + " names a class outside the hierarchy of "
                            + registered.type().getName());
                }
                return named;
            }
            if (candidates.size() == 1) {
                return candidates.get(0);
            }
            if (reading.isWhole() && whole != null) {
                return whole;
            }
            return lookup == null
                            || reading.isWhole()
                                    && !reading.knowsMoreThan(registered.id().columns())
                    ? null // the key of what is gone
                    : lookedUp(lookup, reading);
        }

        private @Nullable EntityShape lookedUp(ClassLookup asked, Reading reading) {
            Part id = registered.id();
            Object value = reading.knows(id.columns()) ? id.read(reading) : null;
            Class<?> type = value == null ? null : asked.of(reading.row(), value);
            for (EntityShape candidate : candidates) {
                if (candidate.type() == type) {
                    return candidate;
                }
            }
            return null;
        }

        /** The most special class that the row shows. */
        EntityShape of(Reading reading) {
            EntityShape known = known(reading);
            return known == null ? common : known;
        }
    }
}
