/**
 * Reads what the send functions of PostgreSQL's types write ({@code src/backend/utils/adt}; big endian). See the room above
 * for what holds here too.
 */
@NullMarked
package dev.realtime.internal.decoding.binary;

import org.jspecify.annotations.NullMarked;
