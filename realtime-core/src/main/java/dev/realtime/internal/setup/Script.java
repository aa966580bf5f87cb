package dev.realtime.internal.setup;

import dev.realtime.setup.SetupStep;
import java.util.ArrayList;
import java.util.List;

/** Writes steps as lines that can be pasted into {@code psql}. Thread-safe. */
final class Script {

    private Script() {}

    static List<String> of(List<Missing> missing) {
        List<String> lines = new ArrayList<>();
        for (Missing part : missing) {
            SetupStep step = part.step();
            boolean together = step.statements().size() > 1;
            if (together) {
                lines.add("BEGIN;");
            }
            step.statements().forEach(statement -> lines.add(statement + ";"));
            if (together) {
                lines.add("COMMIT;");
            }
        }
        return lines;
    }
}
