/**
 * Writes the text of values that came in binary, as the output functions of PostgreSQL's types write them ({@code
 * src/backend/utils/adt}). See the room above for what holds here too.
 */
@NullMarked
package dev.realtime.internal.decoding.output;

import org.jspecify.annotations.NullMarked;
