/**
 * From the bytes of a value to its base value: the decoder of each type, for text and for binary, put together out of the
 * catalogue, the application's own decoders and ours.
 *
 * <p>A value is the same in both forms. {@code text} reads what output functions write, {@code binary} what send functions
 * write. Where the value is the text, or the application's decoder wants it, {@code output} writes what came in binary as
 * the server would have.
 *
 * <p>The text is that of a session with {@code TimeZone=UTC}, {@code IntervalStyle=iso_8601}, {@code DateStyle=ISO}, {@code
 * bytea_output=hex}, {@code extra_float_digits=1}, {@code lc_monetary=C} and {@code client_encoding=UTF8}. Must not know
 * entities, relations, positions in the log, or how the bytes came here.
 *
 * <p>Invariants: a decoder reads nothing outside the bytes it was given and keeps none of them; malformed bytes are a {@link
 * dev.realtime.error.DecodingException} and nothing else; no message holds a value. Everything here may be used from any
 * thread.
 */
@NullMarked
package dev.realtime.internal.decoding;

import org.jspecify.annotations.NullMarked;
