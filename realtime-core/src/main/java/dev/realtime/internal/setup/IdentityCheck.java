package dev.realtime.internal.setup;

import static dev.realtime.internal.setup.ColumnCheck.names;

import dev.realtime.error.SetupException;
import dev.realtime.error.SetupProblem;
import dev.realtime.internal.setup.Relation.Identity;
import dev.realtime.setup.SetupStep;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Compares what PostgreSQL logs of an old row with what was asked for, and sees to it that publishing a table does not
 * make its writers fail (manual, section 29.1.1). Thread-safe.
 */
final class IdentityCheck {

    private IdentityCheck() {}

    /** The step to {@code REPLICA IDENTITY FULL} where that was asked for and is not so; refuses what does not fit. */
    static Optional<Missing> check(Found table, String publicationName, Publication publication, boolean from18) {
        if (publication.carriesOldRows() && table.wantsOrHasFull()) {
            checkWholeRowsCanBeSent(table, publicationName, publication, from18);
        }
        if (table.wanted().fullImages()) {
            return toFull(table);
        }
        for (Identity identity : table.logged()) {
            if (identity.identity() != ReplicaIdentity.FULL) {
                checkKey(table, identity, publication);
            }
        }
        return Optional.empty();
    }

    private static Optional<Missing> toFull(Found table) {
        List<String> statements = table.identities().stream()
                .filter(identity -> identity.identity() != ReplicaIdentity.FULL)
                .map(identity -> setTo("FULL", identity))
                .toList();
        String reason = "Updates and deletes of " + table.name()
                + " are to carry the whole old row: PostgreSQL logs it under REPLICA IDENTITY FULL only";
        return statements.isEmpty()
                ? Optional.empty()
                : Optional.of(new Missing(SetupProblem.REPLICA_IDENTITY, new SetupStep(reason, statements)));
    }

    private static void checkKey(Found table, Identity identity, Publication publication) {
        if (identity.columns().isEmpty() && publication.carriesOldRows()) {
            throw problem(
                    "The " + table.inWords() + partition(table, identity) + " has REPLICA IDENTITY "
                            + identity.identity()
                            + (identity.identity() == ReplicaIdentity.DEFAULT
                                    ? " and no primary key that is checked at once (add one, or log whole rows)"
                                    : "")
                            + ": published like that, every UPDATE and DELETE on it would fail in the application that"
                            + " writes",
                    mend(table, identity));
        }
        Set<String> lacking = ColumnCheck.without(table.wanted().idColumns(), identity.columns());
        if (table.wanted().needsIdentity() && !lacking.isEmpty()) {
            throw problem(
                    "The " + table.inWords() + partition(table, identity) + " has REPLICA IDENTITY "
                            + identity.identity() + " with the columns " + names(identity.columns())
                            + ": a delete would not carry " + names(lacking) + " of the entity's id",
                    mend(table, identity));
        }
        Set<String> untold = ColumnCheck.without(table.wanted().classColumns(), identity.columns());
        if (table.wanted().needsIdentity() && !untold.isEmpty()) {
            throw problem(
                    "The " + table.inWords() + partition(table, identity) + " has REPLICA IDENTITY "
                            + identity.identity() + " with the columns " + names(identity.columns())
                            + ", and other entities' rows too: a delete would not carry " + names(untold)
                            + ", which tells whose it was. Ask for whole old rows of the entity (fullImages), or register the"
                            + " root of its hierarchy",
                    List.of(setTo("FULL", identity) + ";"));
        }
    }

    private static String partition(Found table, Identity identity) {
        return identity.member().equals(table.name()) ? "" : ", in its partition " + identity.member() + ",";
    }

    private static List<String> mend(Found table, Identity identity) {
        Set<String> id = table.wanted().idColumns();
        boolean byKey =
                !identity.primaryKey().isEmpty() && identity.primaryKey().containsAll(id);
        return List.of(setTo(byKey ? "DEFAULT" : "FULL", identity) + ";");
    }

    private static String setTo(String setting, Identity identity) {
        return "ALTER TABLE " + identity.member() + " REPLICA IDENTITY " + setting;
    }

    /** Under FULL the whole row is the identity, and PostgreSQL wants all of it published, or fails the writer. */
    private static void checkWholeRowsCanBeSent(
            Found table, String publicationName, Publication publication, boolean from18) {
        Set<String> sent = publication.columnsSent(table.relation(), table.columns());
        String writersFail = ": under REPLICA IDENTITY FULL every UPDATE and DELETE on it would fail in the application"
                + " that writes";
        if (!sent.containsAll(table.columns().ordinary())) {
            throw problem(
                    "The publication \"" + publicationName + "\" has a column list for the " + table.inWords()
                            + writersFail,
                    ColumnCheck.wholeTable(table, publicationName));
        }
        Set<String> stored = table.columns().with('s');
        if (from18 && !stored.isEmpty() && !publication.generated()) {
            throw problem(
                    "The publication \"" + publicationName + "\" does not send the generated column " + names(stored)
                            + " of the " + table.inWords() + writersFail,
                    List.of(PublicationCheck.alter(publicationName) + " SET (publish_generated_columns = stored);"));
        }
        Set<String> virtual = table.columns().with('v');
        if (!virtual.isEmpty()) {
            throw problem(
                    "PostgreSQL cannot send the virtual generated column " + names(virtual) + " of the "
                            + table.inWords() + writersFail
                            + ". Do without whole old rows for it, or make the column a stored one",
                    List.of());
        }
    }

    private static SetupException problem(String message, List<String> remedy) {
        return new SetupException(SetupProblem.REPLICA_IDENTITY, message, remedy, null);
    }
}
