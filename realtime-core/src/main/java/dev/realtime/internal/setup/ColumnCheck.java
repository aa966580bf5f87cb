package dev.realtime.internal.setup;

import static dev.realtime.internal.connection.SqlText.identifier;

import dev.realtime.error.SetupException;
import dev.realtime.error.SetupProblem;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Compares the columns that an entity is mapped to with those of its table and those that are sent. Thread-safe. */
final class ColumnCheck {

    private ColumnCheck() {}

    /**
     * Refuses mapped columns that the table lacks or the publication's column list leaves out.
     *
     * @return the mapped columns that are not sent because the server generates them
     */
    static Set<String> check(Found table, String publicationName, Publication publication) {
        Set<String> absent = without(table.wanted().columns(), table.columns().all());
        if (!absent.isEmpty()) {
            throw new SetupException(
                    SetupProblem.COLUMN_MISSING,
                    "The " + table.inWords() + " has no column " + names(absent) + "; it has "
                            + names(new TreeSet<>(table.columns().all())) + ". Migrate the table or mend the mapping",
                    List.of(),
                    null);
        }
        Set<String> unsent =
                without(table.wanted().columns(), publication.columnsSent(table.relation(), table.columns()));
        Set<String> hidden = without(unsent, generated(table));
        if (!hidden.isEmpty()) {
            throw new SetupException(
                    SetupProblem.COLUMN_MISSING,
                    "The publication \"" + publicationName + "\" has a column list for the " + table.inWords()
                            + " that leaves out " + names(hidden) + ", which the entity maps. Publish the whole table",
                    wholeTable(table, publicationName),
                    null);
        }
        Set<String> generatedId = new TreeSet<>(unsent);
        generatedId.retainAll(table.wanted().idColumns());
        if (!generatedId.isEmpty()) {
            throw new SetupException(
                    SetupProblem.COLUMN_MISSING,
                    "The id of the " + table.inWords() + " lies in the generated column " + names(generatedId)
                            + ", which the publication \"" + publicationName
                            + "\" does not send. PostgreSQL sends stored"
                            + " generated columns from version 18 on, where the publication says so",
                    List.of(),
                    null);
        }
        return unsent;
    }

    private static Set<String> generated(Found table) {
        return without(table.columns().all(), table.columns().ordinary());
    }

    static List<String> wholeTable(Found table, String publicationName) {
        String publication = "ALTER PUBLICATION " + identifier(publicationName);
        return List.of(
                "BEGIN;",
                "LOCK TABLE " + table.target() + " IN SHARE MODE;",
                publication + " DROP TABLE " + table.target() + ";",
                publication + " ADD TABLE " + table.target() + ";",
                "COMMIT;");
    }

    static Set<String> without(Set<String> all, Set<String> some) {
        Set<String> rest = new TreeSet<>(all);
        rest.removeAll(some);
        return rest;
    }

    static String names(Set<String> columns) {
        return columns.stream().sorted().map(column -> '"' + column + '"').collect(Collectors.joining(", "));
    }
}
