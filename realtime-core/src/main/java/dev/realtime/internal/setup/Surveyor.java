package dev.realtime.internal.setup;

import dev.realtime.error.SetupException;
import dev.realtime.error.SetupProblem;
import dev.realtime.internal.setup.Relation.Columns;
import dev.realtime.internal.setup.Relation.Identity;
import dev.realtime.mapping.TableName;
import dev.realtime.setup.SetupStep;
import dev.realtime.setup.SlotPolicy;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads a server once and compares it with a request. Confined to one thread. */
final class Surveyor {

    private final SetupRequest request;
    private final Catalogue catalogue;
    private final List<String> notices = new ArrayList<>();

    Surveyor(SetupRequest request, Catalogue catalogue) {
        this.request = request;
        this.catalogue = catalogue;
    }

    Survey survey() throws SQLException {
        Server server = catalogue.server();
        server.check();
        WantedSlot asked = request.slot();
        if (asked != null) {
            SlotCheck.check(asked, server);
        }
        Optional<SlotState> slot = slot();
        slot.ifPresent(found -> SlotCheck.check(found, server.database()));
        List<String> names = request.tableNames();
        Optional<Publication> published = new PublicationCatalogue(catalogue).find(request.publication(), names);
        List<Found> tables =
                tables(names, published.map(p -> p.tables().keySet()).orElse(Set.of()));

        boolean from18 = server.atLeast(Server.PG_18);
        PublicationCheck check = new PublicationCheck(request.publication(), tables);
        Publication publication = published.orElseGet(() -> check.toBeCreated(from18));
        List<ResolvedTable> resolved = resolved(tables, publication);
        Set<Missing> missing = new LinkedHashSet<>();
        OwnTableCheck own = new OwnTableCheck(catalogue, request.publication(), server.role());
        for (OwnTable table : request.ownTables()) {
            own.check(table).ifPresent(missing::add);
        }
        Set<Long> full = tables.stream()
                .filter(table -> table.wanted().fullImages())
                .map(table -> table.relation().oid())
                .collect(Collectors.toSet());
        for (Found table : tables) {
            // One entity's wish for whole rows serves all entities of the table.
            if (table.wanted().fullImages() || !full.contains(table.relation().oid())) {
                IdentityCheck.check(table, request.publication(), publication, from18)
                        .ifPresent(missing::add);
            }
        }
        if (published.isPresent()) {
            check.addition(publication).ifPresent(missing::add);
        } else {
            missing.add(check.creation(publication));
        }
        SetupException refusal = null;
        WantedSlot wanted = request.slot();
        if (slot.isPresent() && published.isEmpty()) {
            refusal = publicationBehindSlot(slot.get(), List.copyOf(missing));
        } else if (wanted != null && slot.isEmpty()) {
            missing.add(creation(wanted));
            refusal = slotGone(wanted, published.isPresent(), List.copyOf(missing));
        }
        return new Survey(
                server.version(),
                server.standby(),
                server.role(),
                resolved,
                slot.orElse(null),
                List.copyOf(missing),
                refusal,
                new CaptureCatalogue(catalogue).captured(request.publication(), names),
                notices);
    }

    private Optional<SlotState> slot() throws SQLException {
        return request.slot() == null
                ? Optional.empty()
                : new SlotCatalogue(catalogue).find(request.slot().name());
    }

    private List<Found> tables(List<String> names, Set<TableName> published) throws SQLException {
        RelationCatalogue relations = new RelationCatalogue(catalogue);
        TableResolution resolution = new TableResolution(
                relations.named(names), published, catalogue.server().searchPath(), request.defaultSchema());
        List<Relation> chosen =
                request.tables().stream().map(resolution::resolve).toList();
        List<Long> oids = chosen.stream().map(Relation::oid).distinct().toList();
        Map<Long, Columns> columns = relations.columns(oids);
        Map<Long, List<Identity>> identities =
                relations.identities(oids).stream().collect(Collectors.groupingBy(Identity::table));
        List<Found> tables = new ArrayList<>();
        for (int i = 0; i < chosen.size(); i++) {
            Relation relation = chosen.get(i);
            tables.add(new Found(
                    request.tables().get(i),
                    relation,
                    columns.getOrDefault(relation.oid(), new Columns(Map.of())),
                    identities.getOrDefault(relation.oid(), List.of())));
        }
        return tables;
    }

    private List<ResolvedTable> resolved(List<Found> tables, Publication publication) {
        List<ResolvedTable> resolved = new ArrayList<>();
        for (Found table : tables) {
            Set<String> unsent = ColumnCheck.check(table, request.publication(), publication);
            if (!unsent.isEmpty()) {
                notices.add("PostgreSQL does not send the generated column " + ColumnCheck.names(unsent) + " of the "
                        + table.inWords() + ": its attributes will be unavailable in every event");
            }
            Publication.Content content = publication.tables().get(table.name());
            if (content != null && content.filtered()) {
                notices.add(
                        "The publication \"" + request.publication() + "\" has a row filter for the " + table.inWords()
                                + ": only rows that pass it are delivered, and a row that begins or ceases to pass arrives as an"
                                + " insert or a delete");
            }
            resolved.add(new ResolvedTable(
                    table.wanted(),
                    (int) table.relation().oid(),
                    table.name(),
                    table.relation().isPartitioned(),
                    table.identities().get(0).identity(),
                    table.identityColumns(),
                    unsent));
        }
        return resolved;
    }

    private static Missing creation(WantedSlot slot) {
        String reason = "The slot keeps the place in the log, and the log from there on";
        return new Missing(SetupProblem.SLOT_MISSING, new SetupStep(reason, List.of(SlotCheck.create(slot))));
    }

    private @Nullable SetupException slotGone(WantedSlot slot, boolean published, List<Missing> missing) {
        if (slot.policy() == SlotPolicy.CREATE || slot.policy() == SlotPolicy.CREATE_WITH_PUBLICATION && !published) {
            return null;
        }
        String message = "The replication slot \"" + slot.name() + "\" is not on the server";
        if (published) {
            message +=
                    ", but its publication \"" + request.publication() + "\" is. If it was there before, it was dropped"
                            + " or did not survive a failover, and the changes since its last confirmation are lost to this"
                            + " application: bring up to date whatever depends on the events, then create it. If this is the"
                            + " first start and the publication came from a migration, nothing is lost: create it, by"
                            + " SlotPolicy.CREATE for this one start or by SQL";
        } else {
            message += ", and SlotPolicy." + slot.policy() + " says that it is never created at start";
        }
        return new SetupException(SetupProblem.SLOT_MISSING, message, Script.of(missing), null);
    }

    /** Decoding works with the catalogue as it was: for a change from before its publication there is none. */
    private SetupException publicationBehindSlot(SlotState slot, List<Missing> missing) {
        List<String> remedy = new ArrayList<>(Script.of(missing));
        remedy.add("SELECT pg_catalog.pg_replication_slot_advance('" + slot.name()
                + "', pg_catalog.pg_current_wal_lsn());");
        return new SetupException(
                SetupProblem.PUBLICATION_MISSING,
                "The publication \"" + request.publication() + "\" is not in the database, but the replication slot \""
                        + slot.name() + "\" is, at " + slot.confirmedFlush()
                        + ". Changes from there to the creation of a"
                        + " publication cannot be delivered: to go on with that gap, create it and move the slot behind"
                        + " it",
                remedy,
                null);
    }
}
