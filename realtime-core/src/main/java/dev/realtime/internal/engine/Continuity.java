package dev.realtime.internal.engine;

import dev.realtime.event.GapPolicy;

/**
 * How the stream goes on where it cannot simply go on. Immutable.
 *
 * @param gaps what to do about a gap once it was told
 * @param standsBy whether to wait, for as long as it takes, where another instance streams from the slot
 * @param endsOwnSessions whether a session on the slot that bears our own name, which no other instance has, is one that
 *     we have left behind, and is ended
 */
public record Continuity(GapPolicy gaps, boolean standsBy, boolean endsOwnSessions) {}
