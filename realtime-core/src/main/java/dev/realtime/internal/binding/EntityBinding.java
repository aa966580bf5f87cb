package dev.realtime.internal.binding;

import dev.realtime.error.RealtimeException;
import dev.realtime.event.Action;
import dev.realtime.event.Changes;
import dev.realtime.event.EventHeader;
import dev.realtime.event.Events;
import dev.realtime.event.RealtimeEvent;
import dev.realtime.event.TransactionInfo;
import dev.realtime.internal.pgoutput.DeleteMessage;
import dev.realtime.internal.pgoutput.InsertMessage;
import dev.realtime.internal.pgoutput.OldTuple;
import dev.realtime.internal.pgoutput.Relation;
import dev.realtime.internal.pgoutput.RelationColumn;
import dev.realtime.internal.pgoutput.TruncateMessage;
import dev.realtime.internal.pgoutput.UpdateMessage;
import dev.realtime.internal.transaction.RowChange;
import dev.realtime.internal.transaction.Transaction;
import dev.realtime.mapping.Column;
import dev.realtime.mapping.RowMapper;
import dev.realtime.mapping.Table;
import dev.realtime.mapping.TableName;
import dev.realtime.type.PgType;
import dev.realtime.type.TypeCatalog;
import dev.realtime.type.TypeRegistry;
import dev.realtime.wal.EventPosition;
import dev.realtime.wal.Lsn;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An entity in one version of its table. Immutable.
 *
 * @param <T> the entity
 */
public final class EntityBinding<T> {

    private final RegisteredEntity<T> entity;
    private final RowMapper<T> mapper;
    private final RelationDecoders decoders;
    private final List<BoundAttribute> attributes;
    private final List<BoundAttribute> idAttributes;
    private final String systemIdentifier;

    private EntityBinding(
            RegisteredEntity<T> entity, RowMapper<T> mapper, RelationDecoders decoders, String systemIdentifier) {
        this.entity = entity;
        this.mapper = mapper;
        this.decoders = decoders;
        this.systemIdentifier = systemIdentifier;
        this.attributes = mapper.attributes().stream().map(BoundAttribute::new).toList();
        this.idAttributes =
                attributes.stream().filter(attribute -> attribute.mapped().id()).toList();
    }

    static <T> EntityBinding<T> of(
            RegisteredEntity<T> entity,
            Relation relation,
            TypeRegistry types,
            TypeCatalog catalog,
            String systemIdentifier) {
        List<Column> columns = new ArrayList<>();
        for (RelationColumn column : relation.columns()) {
            columns.add(new Column(
                    column.name(), catalog.find(column.typeOid()).orElseGet(() -> dropped(column.typeOid()))));
        }
        Table table = new Table(new TableName(relation.schema(), relation.name()), columns);
        RelationDecoders decoders = new RelationDecoders(relation, types, catalog);
        return new EntityBinding<>(entity, mapper(entity, table), decoders, systemIdentifier);
    }

    private static <T> RowMapper<T> mapper(RegisteredEntity<T> entity, Table table) {
        try {
            return entity.mapping().bind(table);
        } catch (RealtimeException e) {
            return new FailingMapper<>(entity.mapping().entityName(), e);
        }
    }

    /** A type that was dropped after the change was logged: the server cannot tell its name any more. Its values are text. */
    private static PgType dropped(int oid) {
        return new PgType(oid, "", "dropped type " + Integer.toUnsignedString(oid), PgType.Kind.BASE, List.of(), ',');
    }

    /**
     * Which registered entity it is.
     *
     * @return its number
     */
    public int entityIndex() {
        return entity.index();
    }

    String entityName() {
        return entity.mapping().entityName();
    }

    RowMapper<T> mapper() {
        return mapper;
    }

    List<BoundAttribute> attributes() {
        return attributes;
    }

    BoundAttribute attribute(String name) {
        for (BoundAttribute attribute : attributes) {
            if (attribute.name().equals(name)) {
                return attribute;
            }
        }
        throw new IllegalArgumentException(entityName() + " has no attribute " + name);
    }

    String describe(RowChange change) {
        return entityName() + " " + position(change);
    }

    String eventId(RowChange change) {
        return systemIdentifier + ":" + position(change);
    }

    static Action action(RowChange change) {
        if (change.message() instanceof InsertMessage) {
            return Action.INSERT;
        }
        if (change.message() instanceof UpdateMessage) {
            return Action.UPDATE;
        }
        return change.message() instanceof DeleteMessage ? Action.DELETE : Action.TRUNCATE;
    }

    boolean changesAny(RowChange change, Set<String> names) {
        UpdateMessage update = (UpdateMessage) change.message();
        OldTuple old = update.before();
        if (old == null || !old.whole()) {
            return true;
        }
        TupleRow before = TupleRow.before(decoders, old);
        TupleRow after = TupleRow.after(decoders, update.after(), before);
        int found = 0;
        for (BoundAttribute attribute : attributes) {
            if (names.contains(attribute.name())) {
                found++;
                if (attribute.differs(after, before)) {
                    return true;
                }
            }
        }
        return found < names.size(); // what is not known to be the same may have changed
    }

    /** Whether no other row can be concerned than those of {@link #key} and {@link #oldKey}, where they are known. */
    boolean tellsItsRows(RowChange change) {
        if (!(change.message() instanceof UpdateMessage)) {
            return true;
        }
        for (BoundAttribute attribute : idAttributes) {
            for (int column : attribute.columns()) {
                if (!decoders.isIdentity(column)) {
                    return false; // it may have changed the id without telling it
                }
            }
        }
        return true;
    }

    /** Null where the row does not tell its id. */
    @Nullable
    RowKey key(RowChange change) {
        if (change.message() instanceof InsertMessage insert) {
            return RowKey.of(idAttributes, TupleRow.after(decoders, insert.after(), null));
        }
        if (change.message() instanceof UpdateMessage update) {
            return RowKey.of(idAttributes, TupleRow.after(decoders, update.after(), before(update)));
        }
        return change.message() instanceof DeleteMessage delete
                ? RowKey.of(idAttributes, TupleRow.before(decoders, delete.before()))
                : null;
    }

    /** Null where the id did not change. */
    @Nullable
    RowKey oldKey(RowChange change) {
        TupleRow before = change.message() instanceof UpdateMessage update ? before(update) : null;
        if (before == null
                || !idChanged(TupleRow.after(decoders, ((UpdateMessage) change.message()).after(), before), before)) {
            return null;
        }
        return RowKey.of(idAttributes, before);
    }

    private @Nullable TupleRow before(UpdateMessage update) {
        return update.before() == null ? null : TupleRow.before(decoders, update.before());
    }

    /**
     * @param again whether this process has offered the change before
     * @param past whether it may say what was before it
     */
    RealtimeEvent<T> event(RowChange change, boolean again, boolean past) {
        if (change.message() instanceof InsertMessage insert) {
            TupleRow after = TupleRow.after(decoders, insert.after(), null);
            RowImage<T> image = new RowImage<>(this, after);
            image.entity();
            return Events.insert(header(change, mapper.entityType(after), again), mapper.id(after), image);
        }
        if (change.message() instanceof UpdateMessage update) {
            return update(change, update, again, past);
        }
        if (change.message() instanceof DeleteMessage delete) {
            TupleRow last = TupleRow.before(decoders, delete.before());
            RowImage<T> image = new RowImage<>(this, last);
            boolean whole = past && delete.before().whole();
            return Events.delete(header(change, mapper.entityType(last), again), mapper.id(last), image, whole);
        }
        TruncateMessage truncate = (TruncateMessage) change.message();
        return Events.truncate(
                header(change, entity.mapping().entityType(), again), truncate.cascade(), truncate.restartIdentity());
    }

    private RealtimeEvent<T> update(RowChange change, UpdateMessage update, boolean again, boolean past) {
        OldTuple old = update.before();
        TupleRow before = before(update);
        TupleRow after = TupleRow.after(decoders, update.after(), before);
        RowImage<T> image = new RowImage<>(this, after);
        image.entity();
        Object oldId = before != null && idChanged(after, before) ? mapper.id(before) : null;
        boolean whole = past && old != null && old.whole();
        return Events.update(
                header(change, mapper.entityType(after), again),
                mapper.id(after),
                oldId,
                image,
                whole ? new RowImage<>(this, before) : null,
                whole ? Changes.of(() -> changes(after, before)) : Changes.unknown());
    }

    private boolean idChanged(TupleRow after, TupleRow before) {
        for (BoundAttribute attribute : idAttributes) {
            if (attribute.isKnown(before) && attribute.differs(after, before)) {
                return true;
            }
        }
        return false;
    }

    private Map<String, Changes.Change> changes(TupleRow after, TupleRow before) {
        Map<String, Changes.Change> changes = new LinkedHashMap<>();
        for (BoundAttribute attribute : attributes) {
            if (attribute.isKnown(after) && attribute.isKnown(before) && attribute.differs(after, before)) {
                Object old = mapper.value(attribute.mapped(), before);
                changes.put(attribute.name(), new Changes.Change(old, mapper.value(attribute.mapped(), after)));
            }
        }
        return changes;
    }

    private EventHeader<T> header(RowChange change, Class<? extends T> entityType, boolean again) {
        Transaction transaction = change.transaction();
        return new EventHeader<>(
                entityType,
                entityName(),
                systemIdentifier,
                position(change),
                new TransactionInfo(
                        Integer.toUnsignedLong(transaction.xid()),
                        Lsn.of(transaction.commitLsn()),
                        ServerTime.toInstant(transaction.commitMicros())),
                again || transaction.possibleRedelivery());
    }

    static EventPosition position(RowChange change) {
        return new EventPosition(Lsn.of(change.transaction().commitLsn()), change.ordinal());
    }
}
