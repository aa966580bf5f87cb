package dev.realtime.setup;

import java.util.List;
import java.util.Objects;

/**
 * One step of a plan: statements that belong in one transaction, and why. Immutable.
 *
 * @param reason what the step is for, one line
 * @param statements SQL, in order, without a closing semicolon; one statement stands for itself, several run in one
 *     transaction
 */
public record SetupStep(String reason, List<String> statements) {

    /** A step. */
    public SetupStep {
        Objects.requireNonNull(reason, "reason");
        statements = List.copyOf(statements);
        if (statements.isEmpty()) {
            throw new IllegalArgumentException("A step has at least one statement");
        }
    }
}
