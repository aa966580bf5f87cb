package dev.realtime.hibernate;

import dev.realtime.error.MappingException;
import org.hibernate.metamodel.mapping.EntityDiscriminatorMapping;
import org.hibernate.persister.entity.EntityPersister;
import org.hibernate.persister.entity.JoinedSubclassEntityPersister;
import org.hibernate.persister.entity.UnionSubclassEntityPersister;

/**
 * The entities that are refused at start rather than delivered in part: those whose changes do not all lie in one table,
 * or whose rows do not tell which entity they are. Thread-safe.
 */
final class Refusals {

    private Refusals() {}

    /**
     * @param name the entity's name in JPA
     * @throws MappingException saying what is not mapped
     */
    static void check(EntityPersister entity, String name) {
        String table = entity.getMappedTableDetails().getTableName();
        if (table.startsWith("(")) {
            throw new MappingException(name + ": it is mapped to a query (@Subselect), which the log knows nothing of");
        }
        if (entity.getSoftDeleteMapping() != null) {
            throw new MappingException(name + ": @SoftDelete is not mapped yet");
        }
        boolean inherits = entity.getSuperMappingType() != null || entity.hasSubclasses();
        if (inherits && entity instanceof JoinedSubclassEntityPersister) {
            throw new MappingException(name + ": inheritance over several tables (JOINED) is not mapped yet");
        }
        if (inherits && entity instanceof UnionSubclassEntityPersister) {
            throw new MappingException(
                    name + ": inheritance with a table per class (TABLE_PER_CLASS) is not mapped yet");
        }
        EntityDiscriminatorMapping discriminator = entity.getDiscriminatorMapping();
        if (inherits && (discriminator == null || !discriminator.hasPhysicalColumn() || discriminator.isFormula())) {
            throw new MappingException(name + ": no column of " + SqlNames.table(table)
                    + " tells the class of a row (a formula as discriminator is computed in queries only)");
        }
        if (entity.getSuperMappingType() != null) {
            String root = entity.getRootEntityDescriptor().getEntityName();
            throw new MappingException(name + ": it shares its table with the other subclasses of " + root
                    + ", and the key of a deleted row does not tell which it was; register " + root
                    + " and look at the class of the entity");
        }
    }
}
