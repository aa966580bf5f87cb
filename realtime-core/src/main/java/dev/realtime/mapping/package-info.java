/**
 * Which entity a table is, and how a row becomes it: what an ORM has to tell the library.
 *
 * <p>An {@link dev.realtime.mapping.EntityMapping} has a layout for each place where its rows may lie: a table, or several
 * tables over which an entity is spread. An {@link dev.realtime.mapping.EntityLayout} is asked once per version of its
 * tables to {@linkplain dev.realtime.mapping.EntityLayout#bind bind} itself to the positions of the columns; the {@link
 * dev.realtime.mapping.RowMapper} that comes of it runs for every row, without a look-up by name.
 *
 * <p>Knows {@code type}, {@code error} and Jakarta Persistence. It must not know an ORM, the replication protocol or
 * positions in the log.
 */
@NullMarked
package dev.realtime.mapping;

import org.jspecify.annotations.NullMarked;
