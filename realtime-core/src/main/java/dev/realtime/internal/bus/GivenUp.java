package dev.realtime.internal.bus;

import org.jspecify.annotations.Nullable;

/** A subscription's policy stops it at an event. It never leaves the room, and carries no stack of its own. */
final class GivenUp extends Exception {

    private static final long serialVersionUID = 1L;

    GivenUp(@Nullable Throwable cause) {
        super(null, cause, false, false);
    }
}
