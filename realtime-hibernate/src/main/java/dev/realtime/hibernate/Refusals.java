package dev.realtime.hibernate;

import dev.realtime.error.MappingException;
import org.hibernate.persister.entity.EntityPersister;

/**
 * The entities that are refused at start rather than delivered in part: those whose rows the log does not have, or whose
 * rows do not tell which entity they are. Thread-safe.
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
    }

    /**
     * Every row that may come alone has to tell its class.
     *
     * @param name the entity's name in JPA
     * @throws MappingException saying which row does not
     */
    static void check(HibernateLayout<?> layout, String name) {
        Classes classes = layout.classes();
        boolean told = classes.columns().length > 0;
        if (classes.isSelective() && !told) {
            throw new MappingException(name + ": it shares its table with other classes, and no column of "
                    + layout.tables().get(0).name() + " tells the class of a row (" + why(layout)
                    + "); register the root of its hierarchy");
        }
        for (int table = 0; table < layout.tables().size(); table++) {
            if (classes.in(table) > 1 && !(told && table == 0) && !classes.isLookedUp()) {
                throw new MappingException(name + ": an update may change "
                        + layout.tables().get(table).name() + " alone, and no column of it tells the class of the row ("
                        + why(layout) + "); let the class be looked up in the database (lookUpClasses)");
            }
        }
    }

    private static String why(HibernateLayout<?> layout) {
        return layout.tables().size() > 1
                ? "JOINED and secondary tables have one in the first table alone, and only with a @DiscriminatorColumn"
                : "a formula as discriminator is computed in queries only";
    }
}
