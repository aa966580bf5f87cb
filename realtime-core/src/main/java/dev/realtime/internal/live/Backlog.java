package dev.realtime.internal.live;

import java.util.Queue;

/** What waits for one subscriber, as its policy has it. Guarded by the log. */
interface Backlog {

    /**
     * Moves what comes next to the subscriber: nothing where nothing waits and nothing is missing.
     *
     * @param most how many changes at most
     * @return how many changes
     */
    int take(Queue<Taken> into, int most);

    /** How many changes wait. */
    long queued();

    /** Whether it may not go on, having missed something. */
    default boolean isBroken() {
        return false;
    }

    /** Nobody will take anything any more. */
    default void release() {}
}
