package dev.realtime.internal.live;

import dev.realtime.event.LiveCounts;

/**
 * How the live subscriptions to an entity are doing. Immutable.
 *
 * @param entity the entity's name
 * @param subscriptions how many there are
 * @param counts what became of the changes, those of subscriptions that have ended included
 */
public record LiveProgress(String entity, int subscriptions, LiveCounts counts) {}
