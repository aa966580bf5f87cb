/**
 * What a handler gets: one change of one entity, committed, in commit order.
 *
 * <p>Knows {@code wal} and {@code error}. It must not know tables, type OIDs, JDBC, threads or {@code mapping}: what is
 * made of them stands behind {@link dev.realtime.event.Image}. Events are final classes made by {@link
 * dev.realtime.event.Events} alone; a sealed type and what it permits share this package, because the jars are used on
 * the class path.
 */
@NullMarked
package dev.realtime.event;

import org.jspecify.annotations.NullMarked;
