package dev.realtime.internal.engine;

import dev.realtime.wal.Lsn;
import org.jspecify.annotations.Nullable;

/**
 * How far a stream came before its connection broke. Immutable.
 *
 * @param received how far it was read
 * @param handled the furthest position that was confirmed, or that a change was delivered of
 * @param fork where the server's timeline left the one that the stream came on; null where it is the same, or no
 *     descendant of it
 */
record Reached(Lsn received, Lsn handled, @Nullable Lsn fork) {}
