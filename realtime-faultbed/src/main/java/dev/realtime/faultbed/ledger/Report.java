package dev.realtime.faultbed.ledger;

import java.util.ArrayList;
import java.util.List;

/**
 * What a judge looked at, and found nothing wrong with. Immutable.
 *
 * @param oracle the judge
 * @param transactions how many transactions were looked at
 * @param rows how many row changes, of the truth or of the testimony
 * @param statuses how many status updates
 * @param duplicates how many deliveries were not the first of their row
 */
public record Report(String oracle, long transactions, long rows, long statuses, long duplicates) {

    private static final int EXAMPLES = 10;

    /** Collects what is wrong until the judgement. Confined to one judgement. */
    static final class Findings {

        private final List<String> examples = new ArrayList<>();
        private long violations;

        void add(String violation) {
            violations++;
            if (examples.size() < EXAMPLES) {
                examples.add(violation);
            }
        }

        boolean isEmpty() {
            return violations == 0;
        }

        Report judge(Report report) {
            if (violations > 0) {
                throw new AssertionError(report.oracle + ": " + violations + " violations, in " + report.transactions
                        + " transactions, " + report.rows + " rows, " + report.statuses + " status updates:\n  "
                        + String.join("\n  ", examples));
            }
            return report;
        }
    }
}
