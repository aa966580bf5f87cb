package dev.realtime.internal.engine;

import dev.realtime.internal.ack.Succession;
import dev.realtime.internal.binding.Bindings;
import dev.realtime.internal.binding.RegisteredEntity;
import dev.realtime.internal.bus.RowSink;
import dev.realtime.internal.replication.SystemIdentity;
import dev.realtime.internal.setup.Database;
import dev.realtime.type.TypeCatalog;
import dev.realtime.type.TypeRegistry;
import java.util.List;

/**
 * Builds the way forward of a stream: bindings of its own, since each stream learns of relations by itself. Thread-safe
 * once the tables were found.
 */
final class Ways {

    private final TypeRegistry types;
    private final Database database;
    private volatile List<RegisteredEntity<?>> entities = List.of();
    private volatile long incarnation;

    /**
     * @param types the decoders
     * @param database is asked for types
     */
    Ways(TypeRegistry types, Database database) {
        this.types = types;
        this.database = database;
    }

    /** The entities with the tables they were found in; before the first way. */
    void found(List<RegisteredEntity<?>> registered) {
        entities = registered;
    }

    /** How often a server that went back in time was accepted; before the first session. */
    void incarnation(long number) {
        incarnation = number;
    }

    /** What event ids begin with: the server's system identifier, and the incarnation where positions may repeat. */
    private String origin(SystemIdentity server) {
        String system = server.systemIdentifier();
        return incarnation == 0 ? system : system + '.' + incarnation;
    }

    /**
     * A way from a stream to its subscriptions.
     *
     * @param sink the subscriptions
     * @param transactions gives each transaction its ticket
     * @param finished what was committed before it is passed over: it was handled already; unsigned
     * @param questions asks for the reader of the stream
     */
    Forward forward(RowSink sink, Succession transactions, long finished, Questions questions) {
        return new Forward(
                bindings(),
                sink,
                transactions,
                finished,
                oids -> questions.ask(() -> database.describeTypes(oids)),
                this::origin);
    }

    /** Bindings of a stream's own, which know no relation yet. */
    Bindings bindings() {
        return new Bindings(entities, types, TypeCatalog.builtIn());
    }
}
