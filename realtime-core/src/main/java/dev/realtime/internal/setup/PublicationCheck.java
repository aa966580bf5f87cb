package dev.realtime.internal.setup;

import static dev.realtime.internal.connection.SqlText.identifier;

import dev.realtime.error.SetupException;
import dev.realtime.error.SetupProblem;
import dev.realtime.setup.SetupStep;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Compares a publication with what it must carry. Tables are added to it; what would change it for the tables that it
 * already has is refused and left to its owner. Immutable.
 *
 * @param name the publication's name
 * @param tables the wanted tables
 */
record PublicationCheck(String name, List<Found> tables) {

    static String alter(String publication) {
        return "ALTER PUBLICATION " + identifier(publication);
    }

    /** What the publication will be where it does not exist. */
    Publication toBeCreated(boolean from18) {
        boolean viaRoot = tables.stream().anyMatch(table -> table.relation().isPartitioned());
        boolean generated = from18 && tables.stream().anyMatch(PublicationCheck::needsGenerated);
        return Publication.toBeCreated(viaRoot, generated);
    }

    private static boolean needsGenerated(Found table) {
        Set<String> stored = table.columns().with('s');
        return !stored.isEmpty()
                && (table.wantsOrHasFull()
                        || stored.stream().anyMatch(table.wanted().columns()::contains));
    }

    Missing creation(Publication toBe) {
        List<String> options = new ArrayList<>();
        if (toBe.viaRoot()) {
            options.add("publish_via_partition_root = true");
        }
        if (toBe.generated()) {
            options.add("publish_generated_columns = stored");
        }
        String sql = "CREATE PUBLICATION " + identifier(name) + " FOR TABLE " + targets(tables)
                + (options.isEmpty() ? "" : " WITH (" + String.join(", ", options) + ")");
        return new Missing(
                SetupProblem.PUBLICATION_MISSING,
                new SetupStep("The publication says which tables are streamed: " + entities(tables), List.of(sql)));
    }

    /** The step that adds the tables it lacks. */
    Optional<Missing> addition(Publication publication) {
        checkOperations(publication);
        List<Found> lacking = tables.stream()
                .filter(table -> !publication.carries(table.relation()))
                .toList();
        if (lacking.isEmpty()) {
            return Optional.empty();
        }
        boolean needsRoot =
                lacking.stream().anyMatch(table -> table.relation().isPartitioned()) && !publication.viaRoot();
        lacking.forEach(table -> checkAddable(table, publication));
        // The lock waits for open writers: what they wrote before the addition would be dropped when they commit after
        // it.
        List<String> statements = new ArrayList<>();
        statements.add("LOCK TABLE " + targets(lacking) + " IN SHARE MODE");
        if (needsRoot) {
            statements.add(alter(name) + " SET (publish_via_partition_root = true)");
        }
        statements.add(alter(name) + " ADD TABLE " + targets(lacking));
        String reason = "The publication does not carry the changes of " + entities(lacking)
                + " yet; the lock lets open writers finish first, so that none of their rows is left out";
        return Optional.of(new Missing(SetupProblem.TABLE_NOT_PUBLISHED, new SetupStep(reason, statements)));
    }

    private void checkOperations(Publication publication) {
        Set<Operation> wanted = EnumSet.noneOf(Operation.class);
        tables.forEach(table -> wanted.addAll(table.wanted().operations()));
        if (publication.operations().containsAll(wanted)) {
            return;
        }
        Set<Operation> lacking = EnumSet.copyOf(wanted);
        lacking.removeAll(publication.operations());
        wanted.addAll(publication.operations());
        throw new SetupException(
                SetupProblem.TABLE_NOT_PUBLISHED,
                "The publication \"" + name + "\" does not publish " + words(lacking)
                        + ", which is listened to. Before it does, every table in it needs a replica identity",
                List.of(alter(name) + " SET (publish = '" + words(wanted) + "');"),
                null);
    }

    private void checkAddable(Found table, Publication publication) {
        if (table.relation().isPartitioned() && !publication.viaRoot() && publication.holdsPartitions()) {
            throw new SetupException(
                    SetupProblem.TABLE_NOT_PUBLISHED,
                    "The " + table.inWords() + " is partitioned, and the publication \"" + name
                            + "\" sends changes under the names of the partitions. It must send them under the root's"
                            + " name, for all its tables",
                    List.of(alter(name) + " SET (publish_via_partition_root = true);"),
                    null);
        }
        if (publication.viaRoot()
                && publication.members().contains(table.relation().oid())) {
            throw new SetupException(
                    SetupProblem.TABLE_NOT_PUBLISHED,
                    "The " + table.inWords() + " is a partition, and the publication \"" + name
                            + "\" sends its changes under the name of the partitioned table. Map the entity to that one",
                    List.of(),
                    null);
        }
    }

    private static String targets(List<Found> tables) {
        return tables.stream().map(Found::target).distinct().collect(Collectors.joining(", "));
    }

    private static String entities(List<Found> tables) {
        Set<String> names = new TreeSet<>();
        tables.forEach(table -> names.add(table.wanted().entity()));
        return String.join(", ", names);
    }

    private static String words(Set<Operation> operations) {
        return operations.stream().map(Operation::word).collect(Collectors.joining(", "));
    }
}
