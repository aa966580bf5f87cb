/**
 * What a PostgreSQL value is in Java: types by OID, and the application's own decoders.
 *
 * <p>A base value is the one Java value that a type always becomes, whatever attribute it is for; {@link
 * dev.realtime.type.TypeRegistry} lists them. Turning a base value into an attribute's type is the mapping's affair. Values
 * come as text, or, where the stream was asked for them so, in binary form; they are the same in both.
 *
 * <p>The text is that of a session with {@code TimeZone=UTC}, {@code IntervalStyle=iso_8601}, {@code DateStyle=ISO},
 * {@code bytea_output=hex}, {@code extra_float_digits=1}, {@code lc_monetary=C} and {@code client_encoding=UTF8}. Must not
 * know entities, relations, positions in the log, or how the bytes came here; has no clock, no logger, no thread and no I/O.
 * Everything here may be used from any thread.
 */
@NullMarked
package dev.realtime.type;

import org.jspecify.annotations.NullMarked;
