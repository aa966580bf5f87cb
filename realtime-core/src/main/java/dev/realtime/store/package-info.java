/**
 * What the library keeps in the application's own database: events that were put aside, and how far subscriptions are.
 *
 * <p>The words and the doors; the SQL stands in {@code internal.store}. Knows positions and errors, no streaming.
 */
@NullMarked
package dev.realtime.store;

import org.jspecify.annotations.NullMarked;
