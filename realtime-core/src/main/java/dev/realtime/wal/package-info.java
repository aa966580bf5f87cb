/**
 * Positions in PostgreSQL's write-ahead log: the only order that changes have.
 *
 * <p>Knows nothing but the JDK. Everything here is an immutable value.
 */
@NullMarked
package dev.realtime.wal;

import org.jspecify.annotations.NullMarked;
