package dev.realtime.internal.engine;

import dev.realtime.event.Gap;

/** The place in the log is lost: thrown to where that is told and, by policy, passed. */
final class GapFound extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Gap gap;
    private final RuntimeException error;

    /**
     * @param gap what is told
     * @param error what ends the stream where the gap is not passed
     */
    GapFound(Gap gap, RuntimeException error) {
        super(gap.description(), error, false, false);
        this.gap = gap;
        this.error = error;
    }

    Gap gap() {
        return gap;
    }

    RuntimeException error() {
        return error;
    }
}
