package dev.realtime.internal.binding;

import dev.realtime.mapping.EntityMapping;
import dev.realtime.mapping.TableName;

/**
 * An entity that the application registered, and the table it was found in. Immutable.
 *
 * @param index its number among the registered entities, counted from 0
 * @param mapping its mapping
 * @param table its table, with its schema, when the stream began
 * @param tableOid the table's OID, unsigned: by it the table is known though it is renamed, or was before
 * @param <T> the entity
 */
public record RegisteredEntity<T>(int index, EntityMapping<T> mapping, TableName table, int tableOid) {}
