/**
 * The messages of the {@code pgoutput} plugin, protocol version 1 (manual, sections 54.5 and 54.9; PostgreSQL 14 to 18),
 * decoded from bytes by a pure function: {@link dev.realtime.internal.pgoutput.PgOutputDecoder}.
 *
 * <p>Every message is immutable. Tuples stay slices of the bytes they came in, which nobody may change afterwards.
 * Whatever is not a well-formed message is a {@link dev.realtime.error.ProtocolException} with its type and LSN, never an
 * index out of bounds.
 *
 * <p>Must not know which relations were seen before, I/O, a clock, a logger, threads.
 */
@NullMarked
package dev.realtime.internal.pgoutput;

import org.jspecify.annotations.NullMarked;
