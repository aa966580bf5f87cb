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
import dev.realtime.internal.pgoutput.TruncateMessage;
import dev.realtime.internal.pgoutput.UpdateMessage;
import dev.realtime.internal.transaction.RowChange;
import dev.realtime.internal.transaction.Transaction;
import dev.realtime.mapping.RowMapper;
import dev.realtime.wal.EventPosition;
import dev.realtime.wal.Lsn;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An entity in one version of its table, or of those of its tables that a change concerns. Immutable.
 *
 * @param <T> the entity
 */
public final class EntityBinding<T> implements InTable {

    private final RegisteredEntity<T> entity;
    private final RowMapper<T> mapper;
    private final RelationDecoders decoders;
    private final List<BoundAttribute> attributes;
    private final List<BoundAttribute> idAttributes;
    private final String systemIdentifier;

    private final Scope scope;

    /** What its rows are made of. */
    enum Scope {
        /** One table. */
        TABLE,
        /** All tables of some class. */
        ALL_TABLES,
        /** Some tables of those that the entity may lie in. */
        SOME_TABLES
    }

    EntityBinding(
            RegisteredEntity<T> entity,
            RowMapper<T> mapper,
            RelationDecoders decoders,
            String systemIdentifier,
            Scope scope) {
        this.entity = entity;
        this.mapper = mapper;
        this.decoders = decoders;
        this.systemIdentifier = systemIdentifier;
        this.scope = scope;
        this.attributes = mapper.attributes().stream().map(BoundAttribute::new).toList();
        this.idAttributes =
                attributes.stream().filter(attribute -> attribute.mapped().id()).toList();
    }

    /**
     * Whether its changes are made of the rows of several tables.
     *
     * @return true where its relation is one of our own making
     */
    public boolean isSpread() {
        return scope != Scope.TABLE;
    }

    /** Whether not every change of the table is of the entity. */
    boolean isSelective() {
        return mapper.isSelective() || mapper.deletesSoftly();
    }

    /** Whether a change is of the entity; true also where that cannot be told, so that the error comes with the event. */
    boolean concerns(RowChange change) {
        if (!isSelective()) {
            return true;
        }
        TupleRow row = row(change);
        try {
            return row == null || mapper.maps(row) && turn(change) != Turn.HIDDEN;
        } catch (RealtimeException unknown) {
            return true;
        }
    }

    /** What a change is to those who do not see what is marked as deleted. */
    private enum Turn {
        /** What it is to all. */
        PLAIN,
        /** An update is a delete. */
        GONE,
        /** An update is an insert. */
        BACK,
        /** Nothing: the row was deleted before, and is still. */
        HIDDEN
    }

    private Turn turn(RowChange change) {
        if (!mapper.deletesSoftly()) {
            return Turn.PLAIN;
        }
        if (change.message() instanceof UpdateMessage update) {
            TupleRow before = before(update);
            boolean was = update.before() != null && update.before().whole() && mapper.isDeleted(before);
            if (mapper.isDeleted(TupleRow.after(decoders, update.after(), before))) {
                return was ? Turn.HIDDEN : Turn.GONE;
            }
            return was ? Turn.BACK : Turn.PLAIN;
        }
        TupleRow row = row(change);
        return row != null && mapper.isDeleted(row) ? Turn.HIDDEN : Turn.PLAIN;
    }

    /** The row after the change; after a delete, the row that was. */
    private @Nullable TupleRow row(RowChange change) {
        if (change.message() instanceof InsertMessage insert) {
            return TupleRow.inserted(decoders, insert.after());
        }
        if (change.message() instanceof UpdateMessage update) {
            return TupleRow.after(decoders, update.after(), before(update));
        }
        return change.message() instanceof DeleteMessage delete ? TupleRow.deleted(decoders, delete.before()) : null;
    }

    /**
     * Which registered entity it is.
     *
     * @return its number
     */
    @Override
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

    Action action(RowChange change) {
        if (mapper.deletesSoftly() && change.message() instanceof UpdateMessage) {
            try {
                Turn turn = turn(change);
                return turn == Turn.GONE ? Action.DELETE : turn == Turn.BACK ? Action.INSERT : Action.UPDATE;
            } catch (RealtimeException unknown) {
                return Action.UPDATE; // its event will tell
            }
        }
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
                // One without columns is not told; where it lies in a table that the change left alone, it is the same.
                found += attribute.columns().length > 0 || isSpread() ? 1 : 0;
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
        TupleRow row = row(change);
        return row == null ? null : RowKey.of(idAttributes, row);
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
            TupleRow after = TupleRow.inserted(decoders, insert.after());
            RowImage<T> image = new RowImage<>(this, after);
            image.entity();
            return Events.insert(header(change, mapper.entityType(after), again), mapper.id(after), image);
        }
        if (change.message() instanceof UpdateMessage update) {
            return update(change, update, again, past);
        }
        if (change.message() instanceof DeleteMessage delete) {
            TupleRow last = TupleRow.deleted(decoders, delete.before());
            RowImage<T> image = new RowImage<>(this, last);
            boolean whole = past && delete.before().whole() && scope != Scope.SOME_TABLES;
            return Events.delete(header(change, mapper.entityType(last), again), mapper.id(last), image, whole);
        }
        TruncateMessage truncate = (TruncateMessage) change.message();
        return Events.truncate(
                header(change, mapper.entityType(), again), truncate.cascade(), truncate.restartIdentity());
    }

    private RealtimeEvent<T> update(RowChange change, UpdateMessage update, boolean again, boolean past) {
        OldTuple old = update.before();
        TupleRow before = before(update);
        TupleRow after = TupleRow.after(decoders, update.after(), before);
        RowImage<T> image = new RowImage<>(this, after);
        Turn turn = turn(change);
        if (turn == Turn.GONE) {
            return softDelete(change, after, before, image, again, past);
        }
        if (mapper.knowsClass(after)) {
            image.entity();
        }
        if (turn == Turn.BACK) {
            return Events.insert(header(change, mapper.entityType(after), again), mapper.id(after), image);
        }
        Object oldId = before != null && idChanged(after, before) ? mapper.id(before) : null;
        boolean told = past && old != null && old.whole();
        return Events.update(
                header(change, mapper.entityType(after), again),
                mapper.id(after),
                oldId,
                image,
                told && scope != Scope.SOME_TABLES ? new RowImage<>(this, before) : null,
                told ? Changes.of(() -> changes(after, before)) : Changes.unknown());
    }

    /** The id is the one under which the entity was known. */
    private RealtimeEvent<T> softDelete(
            RowChange change,
            TupleRow after,
            @Nullable TupleRow before,
            RowImage<T> marked,
            boolean again,
            boolean past) {
        OldTuple old = ((UpdateMessage) change.message()).before();
        boolean whole = past && old != null && old.whole() && scope != Scope.SOME_TABLES && before != null;
        return Events.softDelete(
                header(change, mapper.entityType(after), again),
                mapper.id(before != null && idChanged(after, before) ? before : after),
                whole ? new RowImage<>(this, before) : marked,
                whole);
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
