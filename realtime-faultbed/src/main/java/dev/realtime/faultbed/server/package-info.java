/**
 * Real PostgreSQL servers that a test owns: started on a free port, stopped in every way PostgreSQL has, and gone afterwards.
 *
 * <p>Knows nothing of replication, of the proxy or of the judges. A server keeps its port, its data and its settings over
 * restarts; several JVMs may start servers at the same time. Calls are made from the test's thread; a server is not meant
 * to be started and stopped by two threads at once.
 */
@NullMarked
package dev.realtime.faultbed.server;

import org.jspecify.annotations.NullMarked;
