/**
 * The SQL behind what the library keeps in the application's database.
 *
 * <p>Must not know streaming: it works on a connection that it is handed, and neither opens nor keeps one. Invariants:
 * every name is quoted; nothing depends on the role's search path or its time-outs; what is written is on disk when a
 * method returns, whatever {@code synchronous_commit} the role has; positions are {@code pg_lsn}, which is unsigned as
 * they are.
 */
@NullMarked
package dev.realtime.internal.store;

import org.jspecify.annotations.NullMarked;
