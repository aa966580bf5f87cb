/**
 * Where the database is: coordinates, credentials that are asked for at each connect, and the way to find both in what
 * the application already has.
 *
 * <p>Must not know what is done with a connection: nothing here opens one. Everything here is called from the library's
 * own threads, at any time, also concurrently.
 */
@NullMarked
package dev.realtime.connection;

import org.jspecify.annotations.NullMarked;
