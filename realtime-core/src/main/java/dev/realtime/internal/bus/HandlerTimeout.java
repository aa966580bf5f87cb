package dev.realtime.internal.bus;

import dev.realtime.event.Overtime;
import java.time.Duration;

/**
 * How long one call of a handler should take at most. Immutable.
 *
 * @param after positive
 * @param then what is done about one that takes longer
 */
public record HandlerTimeout(Duration after, Overtime then) {}
