package dev.realtime.internal.binding;

import dev.realtime.internal.pgoutput.DeleteMessage;
import dev.realtime.internal.pgoutput.InsertMessage;
import dev.realtime.internal.pgoutput.MessageBytes;
import dev.realtime.internal.pgoutput.OldTuple;
import dev.realtime.internal.pgoutput.PgOutputMessage;
import dev.realtime.internal.pgoutput.Relation;
import dev.realtime.internal.pgoutput.RelationColumn;
import dev.realtime.internal.pgoutput.TruncateMessage;
import dev.realtime.internal.pgoutput.Tuple;
import dev.realtime.internal.pgoutput.UpdateMessage;
import dev.realtime.internal.transaction.RowChange;
import dev.realtime.internal.transaction.Transaction;
import dev.realtime.mapping.EntityLayout;
import dev.realtime.mapping.EntityMapping;
import dev.realtime.mapping.MappedAttribute;
import dev.realtime.mapping.MappedTable;
import dev.realtime.mapping.Row;
import dev.realtime.mapping.RowMapper;
import dev.realtime.mapping.Table;
import dev.realtime.mapping.TableName;
import dev.realtime.support.PlainMapping;
import dev.realtime.type.TypeCatalog;
import dev.realtime.type.TypeRegistry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An entity in a root table, one of two tables of subclasses and an optional table; another in a table of its own; and what
 * the reader makes of a transaction's rows.
 */
final class SpreadBed {

    static final int ROOT = 0;
    static final int LEFT = 1;
    static final int RIGHT = 2;
    static final int EXTRA = 3;
    static final int PLAIN = 4;

    private static final List<String> NAMES = List.of("root", "left", "right", "extra", "plain");

    final List<RowChange> given = new ArrayList<>();
    final List<String> words = new ArrayList<>();
    final List<BoundChange<?>> changes = new ArrayList<>();

    private final Bindings bindings = new Bindings(
            List.of(
                    new RegisteredEntity<>(
                            0,
                            new SpreadMapping(),
                            List.of(new RegisteredLayout<>(
                                    new SpreadMapping(),
                                    List.of(table(ROOT), table(LEFT), table(RIGHT), table(EXTRA))))),
                    new RegisteredEntity<>(
                            1,
                            PlainMapping.of(Object[].class, () -> new Object[1], "public", "plain")
                                    .id("id", "id", String.class, (entity, value) -> entity[0] = value),
                            new TableName("public", "plain"),
                            PLAIN)),
            TypeRegistry.standard(),
            TypeCatalog.builtIn());
    private final Composition composition = new Composition(this::take);
    private final Transaction transaction = new Transaction(0x100, 0, 1, false);
    private final char identity;
    private List<Relation> relations = List.of();

    SpreadBed(char identity) {
        this.identity = identity;
        sessionStarted();
    }

    private static RegisteredTable table(int table) {
        return new RegisteredTable(new TableName("public", NAMES.get(table)), table);
    }

    /** The tables come anew, as behind a broken connection. */
    void sessionStarted() {
        bindings.sessionStarted("7");
        relations = new ArrayList<>();
        for (int i = 0; i < NAMES.size(); i++) {
            Relation relation = MessageBytes.relation(i, NAMES.get(i), identity, "id", "v");
            relations.add(relation);
            bindings.bind(relation);
        }
    }

    boolean isHolding() {
        return composition.isHolding();
    }

    void insert(int table, String id) {
        row(table, new InsertMessage(table, tuple(id, value())));
    }

    void update(int table, String oldId, String id) {
        OldTuple old = identity == 'f'
                ? new OldTuple(true, tuple(oldId, "old"))
                : oldId.equals(id) ? null : new OldTuple(false, tuple(oldId, null));
        row(table, new UpdateMessage(table, old, tuple(id, value())));
    }

    void delete(int table, String id) {
        row(
                table,
                new DeleteMessage(table, new OldTuple(identity == 'f', tuple(id, identity == 'f' ? value() : null))));
    }

    void truncate(int table) {
        row(table, new TruncateMessage(false, false, List.of(table)));
    }

    /** What each row carries: its own ordinal. */
    private String value() {
        return String.valueOf(given.size());
    }

    private static Tuple tuple(String... values) {
        return ((InsertMessage) MessageBytes.insert(0, values)).after();
    }

    private void row(int table, PgOutputMessage message) {
        RowChange change = new RowChange(transaction, given.size(), relations.get(table), message);
        given.add(change);
        BoundTable bound = bindings.table(change);
        if (bound.hasSpread() || composition.isHolding()) {
            composition.row(bound, change);
        } else {
            take(bound.entities(change), change);
        }
    }

    void commit() {
        composition.commit();
    }

    void cut() {
        composition.cut();
    }

    private void take(List<EntityBinding<?>> entities, RowChange change) {
        for (EntityBinding<?> entity : entities) {
            changes.add(new BoundChange<>(entity, change));
            words.add(change.ordinal() + " " + entity.action(change) + " " + entity.entityName()
                    + (entity.isSpread() ? values(change) : ""));
        }
    }

    /** The ordinals of the rows that a change is made of, by their tables. */
    private static String values(RowChange change) {
        StringBuilder values = new StringBuilder();
        List<RelationColumn> columns = change.relation().columns();
        for (int i = 0; i < columns.size(); i++) {
            String name = columns.get(i).name();
            if (name.endsWith(".v")) {
                values.append(' ').append(name, name.indexOf('.') + 2, name.lastIndexOf('.') - 1);
                values.append('=').append(value(change.message(), i));
            }
        }
        return values.toString();
    }

    private static String value(PgOutputMessage message, int column) {
        if (message instanceof InsertMessage insert) {
            return value(insert.after(), column);
        }
        if (message instanceof UpdateMessage update) {
            return value(update.after(), column);
        }
        return message instanceof DeleteMessage delete ? value(delete.before().tuple(), column) : "?";
    }

    private static String value(Tuple tuple, int column) {
        if (tuple.isNull(column)) {
            return "null";
        }
        return tuple.isUnchanged(column)
                ? "?"
                : new String(tuple.bytes(), tuple.offset(column), tuple.length(column), StandardCharsets.UTF_8);
    }

    /** A mapping that reads ids alone. */
    private static final class SpreadMapping implements EntityMapping<Object>, EntityLayout<Object> {

        @Override
        public Class<Object> entityType() {
            return Object.class;
        }

        @Override
        public String entityName() {
            return "Spread";
        }

        @Override
        public List<EntityLayout<Object>> layouts() {
            return List.of(this);
        }

        @Override
        public List<MappedTable> tables() {
            List<MappedTable> tables = new ArrayList<>();
            for (int i = ROOT; i <= EXTRA; i++) {
                tables.add(new MappedTable(
                        new TableName("public", NAMES.get(i)), Set.of("id", "v"), List.of("id"), Set.of(), i == EXTRA));
            }
            return tables;
        }

        @Override
        public List<Set<Integer>> wholes() {
            return List.of(Set.of(ROOT, LEFT, EXTRA), Set.of(ROOT, RIGHT, EXTRA));
        }

        @Override
        public Set<String> attributes() {
            return Set.of("id");
        }

        @Override
        public Map<String, String> unavailable() {
            return Map.of();
        }

        @Override
        public RowMapper<Object> bind(Table table) {
            return new Ids(table.position("id"));
        }
    }

    private record Ids(int position) implements RowMapper<Object> {

        @Override
        public List<MappedAttribute> attributes() {
            return List.of(new MappedAttribute("id", true, List.of(position)));
        }

        @Override
        public Class<?> entityType() {
            return Object.class;
        }

        @Override
        public Class<?> entityType(Row row) {
            return Object.class;
        }

        @Override
        public Object id(Row row) {
            return String.valueOf(row.value(position));
        }

        @Override
        public Object entity(Row row) {
            return new Object();
        }

        @Override
        public @Nullable Object value(MappedAttribute attribute, Row row) {
            return row.value(position);
        }

        @Override
        public @Nullable Object referenceId(MappedAttribute attribute, Row row) {
            throw new IllegalArgumentException(attribute.name());
        }
    }
}
