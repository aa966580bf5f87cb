package dev.realtime.internal.setup;

import dev.realtime.mapping.TableName;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A relation of the catalogue (manual, section 53.11, {@code pg_class}). Immutable.
 *
 * @param oid its OID
 * @param name its name with its schema
 * @param kind {@code relkind}
 * @param persistence {@code relpersistence}
 * @param inherited whether other tables, not partitions, inherit from it
 */
record Relation(long oid, TableName name, char kind, char persistence, boolean inherited) {

    /**
     * The columns of a relation (manual, section 53.7, {@code pg_attribute}). Immutable.
     *
     * @param generation column to {@code attgenerated}: 's' stored, 'v' virtual (from 18 on), 0 for an ordinary one
     */
    record Columns(Map<String, Character> generation) {

        Set<String> all() {
            return generation.keySet();
        }

        Set<String> ordinary() {
            return with((char) 0);
        }

        Set<String> with(char generated) {
            Set<String> columns = new TreeSet<>();
            generation.forEach((column, code) -> {
                if (code == generated) {
                    columns.add(column);
                }
            });
            return columns;
        }
    }

    /**
     * What is logged of a row that goes, of one table or partition. Immutable.
     *
     * @param table the wanted table's OID
     * @param member the table itself or one of its leaf partitions
     * @param identity its setting
     * @param columns what an old row carries by that setting; of FULL, nothing is said here
     * @param primaryKey the columns of its primary key, empty where it has none that is checked at once
     */
    record Identity(
            long table, TableName member, ReplicaIdentity identity, Set<String> columns, Set<String> primaryKey) {}

    boolean isPartitioned() {
        return kind == 'p';
    }

    boolean isTable() {
        return (kind == 'r' || kind == 'p') && persistence != 't';
    }

    String schema() {
        return String.valueOf(name.schema());
    }

    /** What it is, where PostgreSQL never publishes it. */
    String kindInWords() {
        if (persistence == 't') {
            return "a temporary table";
        }
        return switch (kind) {
            case 'v' -> "a view";
            case 'm' -> "a materialized view";
            case 'f' -> "a foreign table";
            default -> persistence == 'u' ? "an unlogged table" : "a table";
        };
    }
}
