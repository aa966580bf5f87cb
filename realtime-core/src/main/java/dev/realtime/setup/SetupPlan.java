package dev.realtime.setup;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The steps that lead from a server as it is to one that streams what was asked for. Applied twice, the second plan is
 * empty. Immutable.
 *
 * @param steps the steps, in the order in which they must run; empty where nothing is missing
 */
public record SetupPlan(List<SetupStep> steps) {

    /** A plan. */
    public SetupPlan {
        steps = List.copyOf(steps);
    }

    /**
     * Whether nothing is missing.
     *
     * @return true where there is no step
     */
    public boolean isEmpty() {
        return steps.isEmpty();
    }

    /**
     * Every statement of the plan.
     *
     * @return SQL, in order, without closing semicolons or transaction marks
     */
    public List<String> statements() {
        return steps.stream().flatMap(step -> step.statements().stream()).toList();
    }

    /**
     * The plan as a script for {@code psql} or a migration: each step with its reason as a comment.
     *
     * @return the script; empty where nothing is missing
     */
    public String sql() {
        return steps.stream().map(SetupPlan::script).collect(Collectors.joining("\n"));
    }

    private static String script(SetupStep step) {
        String statements = step.statements().stream().map(sql -> sql + ";\n").collect(Collectors.joining());
        String reason = "-- " + step.reason() + "\n";
        return step.statements().size() == 1 ? reason + statements : reason + "BEGIN;\n" + statements + "COMMIT;\n";
    }
}
