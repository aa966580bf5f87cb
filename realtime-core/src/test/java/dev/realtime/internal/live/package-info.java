/** The live room, fed by hand: no server, no reader. */
@NullMarked
package dev.realtime.internal.live;

import org.jspecify.annotations.NullMarked;
