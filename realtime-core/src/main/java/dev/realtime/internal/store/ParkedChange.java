package dev.realtime.internal.store;

import dev.realtime.store.DeadLetter;

/**
 * An event that is put aside, and the bytes it can be made anew of. Immutable, as nobody writes to the bytes.
 *
 * @param letter what is told of it
 * @param payload the messages as PostgreSQL sent them; the caller's format
 */
public record ParkedChange(DeadLetter letter, byte[] payload) {}
