package dev.realtime.internal.setup;

import dev.realtime.error.SetupProblem;
import dev.realtime.setup.SetupStep;

/**
 * One thing that a server lacks and SQL can add. Immutable.
 *
 * @param problem what the lack is called where the step must not be run
 * @param step the statements that add it
 */
public record Missing(SetupProblem problem, SetupStep step) {

    /** Whether the step creates the slot: it needs another privilege than the rest, and waits for all writers. */
    boolean isSlot() {
        return problem == SetupProblem.SLOT_MISSING;
    }
}
