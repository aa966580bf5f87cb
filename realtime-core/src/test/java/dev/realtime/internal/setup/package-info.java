/** What the room promises, on real servers: what is refused, what is planned, what is run. */
@NullMarked
package dev.realtime.internal.setup;

import org.jspecify.annotations.NullMarked;
