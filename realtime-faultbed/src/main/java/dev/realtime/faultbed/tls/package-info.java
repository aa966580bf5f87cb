/**
 * Certificates of a test's own: an authority, what it vouches for, and the kinds of certificate a client must refuse.
 *
 * <p>Knows nothing of PostgreSQL. Nothing here is kept longer than the directory it is written to.
 */
@NullMarked
package dev.realtime.faultbed.tls;

import org.jspecify.annotations.NullMarked;
