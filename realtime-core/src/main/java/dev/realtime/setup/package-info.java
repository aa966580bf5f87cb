/**
 * What a server needs for the stream and does not have yet, as SQL that anyone may read and run: the words in which the
 * front door and a migration speak of it.
 *
 * <p>Knows nothing but the JDK; the SQL is written and run by {@code internal.setup}.
 */
@NullMarked
package dev.realtime.setup;

import org.jspecify.annotations.NullMarked;
