package dev.realtime.hibernate;

import dev.realtime.error.MappingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.hibernate.metamodel.mapping.AttributeMapping;
import org.hibernate.metamodel.mapping.EmbeddableMappingType;
import org.hibernate.metamodel.mapping.EmbeddableValuedModelPart;
import org.hibernate.metamodel.mapping.EntityIdentifierMapping;
import org.hibernate.metamodel.mapping.ForeignKeyDescriptor;
import org.hibernate.metamodel.mapping.ModelPart;
import org.hibernate.metamodel.mapping.PluralAttributeMapping;
import org.hibernate.metamodel.mapping.SelectableMapping;
import org.hibernate.metamodel.mapping.internal.ToOneAttributeMapping;

/**
 * The columns of an attribute in the order of its parts, each looked at: whether a row of the tables carries it, and
 * carries what Hibernate would read. Immutable.
 *
 * @param tables the entity's tables
 */
record Selectables(ShapeTables tables) {

    /** {@code org.hibernate.sql.Template.TEMPLATE} in 6.6 and in later versions; the compiler would copy the one it sees. */
    private static final Set<String> ALIASES = Set.of("$PlaceHolder$", "{@}");

    /**
     * @throws Unreadable where a row of the tables does not carry them
     * @throws MappingException where the attribute is of a kind that is not mapped
     */
    List<SelectableMapping> of(ModelPart part, String path) throws Unreadable {
        List<SelectableMapping> found = new ArrayList<>();
        add(part, path, found);
        return found;
    }

    private void add(ModelPart part, String path, List<SelectableMapping> found) throws Unreadable {
        if (part instanceof PluralAttributeMapping) {
            return;
        }
        if (part instanceof ToOneAttributeMapping toOne) {
            addForeignKey(toOne, path, found);
        } else if (part instanceof EntityIdentifierMapping id) {
            id.forEachSelectable((index, column) -> found.add(column));
        } else if (part instanceof EmbeddableValuedModelPart embedded) {
            addEmbedded(embedded, path, found);
        } else {
            List<SelectableMapping> own = new ArrayList<>();
            part.forEachSelectable((index, column) -> own.add(column));
            for (SelectableMapping column : own) {
                found.add(checked(column, path));
            }
        }
    }

    private void addEmbedded(EmbeddableValuedModelPart embedded, String path, List<SelectableMapping> found)
            throws Unreadable {
        EmbeddableMappingType type = embedded.getEmbeddableTypeDescriptor();
        if (type.getAggregateMapping() != null) {
            found.add(checked(type.getAggregateMapping(), path));
            return;
        }
        for (int i = 0; i < type.getNumberOfAttributeMappings(); i++) {
            AttributeMapping attribute = type.getAttributeMapping(i);
            add(attribute, path + "." + attribute.getAttributeName(), found);
        }
        if (type.isPolymorphic()) {
            found.add(checked(type.getDiscriminatorMapping(), path));
        }
    }

    private void addForeignKey(ToOneAttributeMapping toOne, String path, List<SelectableMapping> found)
            throws Unreadable {
        if (toOne.getSideNature() != ForeignKeyDescriptor.Nature.KEY) {
            throw new Unreadable(
                    "it is the inverse side of an association: the other entity's table has the foreign key");
        }
        if (!toOne.isReferenceToPrimaryKey()) {
            throw new Unreadable("its foreign key refers to a column that is not the id");
        }
        List<SelectableMapping> own = new ArrayList<>();
        toOne.getForeignKeyDescriptor().visitKeySelectables((index, column) -> own.add(column));
        for (SelectableMapping column : own) {
            if (tables.position(column.getContainingTableExpression()) < 0) {
                throw new Unreadable(
                        "its foreign key lies in " + SqlNames.table(column.getContainingTableExpression()));
            }
            found.add(checked(column, path));
        }
    }

    private SelectableMapping checked(SelectableMapping column, String path) throws Unreadable {
        if (column.isFormula()) {
            throw new Unreadable("it is a formula, which the server computes in queries only");
        }
        if (isTransformed(column)) {
            throw new Unreadable(
                    "its @ColumnTransformer reads an expression, which the server computes in queries only");
        }
        if (column.getJdbcMapping().getJdbcType().isLob()) {
            throw new Unreadable(
                    "it is a large object (@Lob), whose bytes lie in pg_largeobject; map it to text or bytea");
        }
        if (tables.position(column.getContainingTableExpression()) < 0) {
            throw new MappingException(path + ": its column lies in "
                    + SqlNames.table(column.getContainingTableExpression()) + ", which is no table of its entity");
        }
        return column;
    }

    /** Hibernate gives a column without a transformer an expression too: its own name after a stand-in for the alias. */
    private static boolean isTransformed(SelectableMapping column) {
        String read = column.getCustomReadExpression();
        return read != null
                && ALIASES.stream().noneMatch(alias -> read.equals(alias + "." + column.getSelectionExpression()));
    }
}
