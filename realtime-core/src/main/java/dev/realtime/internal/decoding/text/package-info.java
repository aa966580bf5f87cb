/** Reads what the output functions of PostgreSQL's types write. See the room above for what holds here too. */
@NullMarked
package dev.realtime.internal.decoding.text;

import org.jspecify.annotations.NullMarked;
