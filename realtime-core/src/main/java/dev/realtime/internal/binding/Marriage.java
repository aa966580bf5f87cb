package dev.realtime.internal.binding;

import dev.realtime.error.RealtimeException;
import dev.realtime.internal.pgoutput.Relation;
import dev.realtime.internal.pgoutput.RelationColumn;
import dev.realtime.mapping.Column;
import dev.realtime.mapping.RowMapper;
import dev.realtime.mapping.Table;
import dev.realtime.mapping.TableName;
import dev.realtime.type.PgType;
import dev.realtime.type.TypeCatalog;
import dev.realtime.type.TypeRegistry;
import java.util.ArrayList;
import java.util.List;

/**
 * Marries an entity's mapping to a version of its table. Where that fails, each row fails with the reason. Has no state.
 */
final class Marriage {

    private Marriage() {}

    /** An entity of which each row is one. */
    static <T> EntityBinding<T> of(
            RegisteredEntity<T> entity,
            RegisteredLayout<T> layout,
            Relation relation,
            TypeRegistry types,
            TypeCatalog catalog,
            String systemIdentifier) {
        List<Column> columns = new ArrayList<>();
        for (RelationColumn column : relation.columns()) {
            columns.add(new Column(column.name(), type(catalog, column.typeOid())));
        }
        RelationDecoders decoders = new RelationDecoders(relation, types, catalog);
        return new EntityBinding<>(
                entity,
                mapper(entity, layout, relation, columns),
                decoders,
                systemIdentifier,
                EntityBinding.Scope.TABLE);
    }

    /** An entity whose rows are made of those of several tables. */
    static <T> EntityBinding<T> of(
            SpreadLayout<T> spread, Relation made, TypeRegistry types, TypeCatalog catalog, String systemIdentifier) {
        RelationDecoders decoders = new RelationDecoders(made, types, catalog);
        List<Column> columns = spread.columns(made, oid -> type(catalog, oid));
        return new EntityBinding<>(
                spread.entity(),
                mapper(spread.entity(), spread.registered(), made, columns),
                decoders,
                systemIdentifier,
                spread.isWhole(columns) ? EntityBinding.Scope.ALL_TABLES : EntityBinding.Scope.SOME_TABLES);
    }

    private static <T> RowMapper<T> mapper(
            RegisteredEntity<T> entity, RegisteredLayout<T> layout, Relation relation, List<Column> columns) {
        try {
            return layout.layout().bind(new Table(new TableName(relation.schema(), relation.name()), columns));
        } catch (RealtimeException e) {
            return new FailingMapper<>(
                    entity.mapping().entityType(), entity.mapping().entityName(), e);
        }
    }

    /** Of a type that was dropped after the change was logged the server cannot tell the name any more: its values are text. */
    private static PgType type(TypeCatalog catalog, int oid) {
        return catalog.find(oid)
                .orElseGet(() -> new PgType(
                        oid, "", "dropped type " + Integer.toUnsignedString(oid), PgType.Kind.BASE, List.of(), ','));
    }
}
