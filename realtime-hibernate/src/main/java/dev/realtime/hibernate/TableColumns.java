package dev.realtime.hibernate;

import dev.realtime.error.MappingException;
import dev.realtime.mapping.Table;
import dev.realtime.mapping.TableName;
import java.util.List;

/**
 * The table of a mapping, its columns and what reads each. Immutable.
 *
 * @param table its name
 * @param names the columns by ordinal
 * @param readers what reads them
 */
record TableColumns(TableName table, List<String> names, List<BasicPart> readers) {

    /**
     * @throws MappingException where a column's type cannot become its attribute
     */
    BoundColumns bind(Table version) {
        BoundColumns bound = new BoundColumns(version, names);
        for (BasicPart reader : readers) {
            if (bound.position(reader.ordinal()) >= 0) {
                TypeFit.check(reader, bound);
            }
        }
        return bound;
    }
}
