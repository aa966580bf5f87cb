package dev.realtime.internal.pgoutput;

/**
 * What was sent of the old row. Immutable.
 *
 * @param whole true for {@code O}: every column is known, and a null is a null; false for {@code K}: the columns outside
 *     the replica identity are nulls that say nothing
 * @param tuple the values
 */
public record OldTuple(boolean whole, Tuple tuple) {}
