/**
 * Opens plain JDBC connections to PostgreSQL, outside the application's pool: ordinary ones for setting up, and
 * replication ones for streaming. Says in one sentence why one could not be had.
 *
 * <p>Must not know what is done with a connection. Invariants: a property of ours wins over a parameter in the
 * application's URL; no password reaches a message; off the loopback address TLS is verified unless the URL says
 * otherwise by name. Used from several threads; the connections themselves belong to whoever opened them.
 */
@NullMarked
package dev.realtime.internal.connection;

import org.jspecify.annotations.NullMarked;
