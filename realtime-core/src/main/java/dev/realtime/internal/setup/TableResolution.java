package dev.realtime.internal.setup;

import dev.realtime.error.SetupException;
import dev.realtime.error.SetupProblem;
import dev.realtime.mapping.TableName;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds the relation that a mapping means. Without a schema in the mapping: the one in the default schema if there is
 * such a setting, else the only table of the name, else the one that the publication holds, else the one on the search
 * path. Immutable.
 *
 * @param relations whatever bears a wanted name
 * @param published the tables that the publication holds
 * @param searchPath the role's schemas, in order
 * @param defaultSchema the schema of tables without one, or null
 */
record TableResolution(
        List<Relation> relations,
        Set<TableName> published,
        List<String> searchPath,
        @Nullable String defaultSchema) {

    /** The relation; it can be published. */
    Relation resolve(WantedTable wanted) {
        String schema =
                wanted.table().schema() == null ? defaultSchema : wanted.table().schema();
        List<Relation> named = relations.stream()
                .filter(relation -> relation.name().name().equals(wanted.table().name()))
                .toList();
        Relation found = schema == null
                ? lookUp(wanted, named)
                : named.stream()
                        .filter(relation -> relation.schema().equals(schema))
                        .findFirst()
                        .orElseThrow(() -> missing(
                                wanted, new TableName(schema, wanted.table().name())));
        if (!found.isTable() || found.persistence() == 'u') {
            throw unpublishable(wanted, found);
        }
        return found;
    }

    private Relation lookUp(WantedTable wanted, List<Relation> named) {
        List<Relation> tables = named.stream().filter(Relation::isTable).toList();
        if (tables.isEmpty()) {
            return named.stream().findFirst().orElseThrow(() -> missing(wanted, wanted.table()));
        }
        if (tables.size() == 1) {
            return tables.get(0);
        }
        List<Relation> carried = tables.stream()
                .filter(relation -> published.contains(relation.name()))
                .toList();
        if (carried.size() == 1) {
            return carried.get(0);
        }
        return onSearchPath(tables).orElseThrow(() -> ambiguous(wanted, tables));
    }

    private Optional<Relation> onSearchPath(List<Relation> tables) {
        return searchPath.stream()
                .flatMap(schema ->
                        tables.stream().filter(relation -> relation.schema().equals(schema)))
                .findFirst();
    }

    private SetupException missing(WantedTable wanted, TableName expected) {
        String others = relations.stream()
                .filter(relation ->
                        relation.name().name().equalsIgnoreCase(wanted.table().name()))
                .map(relation -> relation.name().toString())
                .collect(Collectors.joining(", "));
        return new SetupException(
                SetupProblem.TABLE_MISSING,
                "The table " + expected + " of entity " + wanted.entity() + " is not in the database"
                        + (others.isEmpty() ? "" : "; what is there: " + others)
                        + ". Map the entity to a table that exists, or connect to the database that has it",
                List.of(),
                null);
    }

    private static SetupException ambiguous(WantedTable wanted, List<Relation> tables) {
        return new SetupException(
                SetupProblem.TABLE_AMBIGUOUS,
                "The table of entity " + wanted.entity() + " could be any of "
                        + tables.stream()
                                .map(relation -> relation.name().toString())
                                .collect(Collectors.joining(", "))
                        + ": none of them is on the role's search path, and the mapping names no schema. Name it in the"
                        + " mapping (@Table(schema = ...), hibernate.default_schema) or as this library's default schema",
                List.of(),
                null);
    }

    private static SetupException unpublishable(WantedTable wanted, Relation found) {
        boolean unlogged = found.isTable();
        return new SetupException(
                SetupProblem.TABLE_NOT_PUBLISHED,
                found.name() + " of entity " + wanted.entity() + " is " + found.kindInWords()
                        + ": PostgreSQL publishes the changes of ordinary and partitioned tables only",
                unlogged ? List.of("ALTER TABLE " + found.name() + " SET LOGGED;") : List.of(),
                null);
    }
}
