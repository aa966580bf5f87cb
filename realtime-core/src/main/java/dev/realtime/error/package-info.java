/**
 * What a user can catch: every exception that leaves the library.
 *
 * <p>A message is one sentence or a few: what failed, where, what was expected and found, the next step. It never holds
 * a row's values or a password. Knows nothing but {@code wal}.
 */
@NullMarked
package dev.realtime.error;

import org.jspecify.annotations.NullMarked;
