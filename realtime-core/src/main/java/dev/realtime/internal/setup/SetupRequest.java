package dev.realtime.internal.setup;

import dev.realtime.error.ConfigurationException;
import dev.realtime.setup.SlotPolicy;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a server must have for the stream. Immutable.
 *
 * @param publication the publication's name, any identifier of up to 63 bytes
 * @param tables the tables, each entity's once
 * @param slot the durable slot, or null where the slot is temporary and thus not this room's
 * @param defaultSchema the schema of tables whose mapping names none, or null to look them up
 * @param ownTables the tables that the library itself needs
 */
public record SetupRequest(
        String publication,
        List<WantedTable> tables,
        @Nullable WantedSlot slot,
        @Nullable String defaultSchema,
        List<OwnTable> ownTables) {

    private static final int LONGEST_NAME = 63;

    /**
     * A request.
     *
     * @throws ConfigurationException where the publication's name is no identifier, or no table is asked for
     */
    public SetupRequest {
        tables = List.copyOf(tables);
        ownTables = List.copyOf(ownTables);
        if (publication.isEmpty()
                || publication.indexOf('\0') >= 0
                || publication.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
            throw new ConfigurationException("\"" + publication.replace("\0", "\\0") + "\" cannot be the name of a"
                    + " publication: PostgreSQL allows 1 to 63 bytes without a zero character");
        }
        if (tables.isEmpty()) {
            throw new ConfigurationException("No entity is listened to: there is nothing to publish");
        }
    }

    /**
     * A request that needs no table of the library's own.
     *
     * @param publication the publication's name
     * @param tables the tables
     * @param slot the durable slot, or null
     * @param defaultSchema the schema of tables whose mapping names none, or null
     */
    public SetupRequest(
            String publication, List<WantedTable> tables, @Nullable WantedSlot slot, @Nullable String defaultSchema) {
        this(publication, tables, slot, defaultSchema, List.of());
    }

    /** The tables' names, without their schemas. */
    List<String> tableNames() {
        return tables.stream().map(wanted -> wanted.table().name()).distinct().toList();
    }

    /** The same, with a slot that may be created. */
    SetupRequest mayCreateSlot() {
        WantedSlot creatable = slot == null ? null : new WantedSlot(slot.name(), SlotPolicy.CREATE, slot.failover());
        return new SetupRequest(publication, tables, creatable, defaultSchema, ownTables);
    }
}
