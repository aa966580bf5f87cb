package dev.realtime.faultbed.ledger;

/**
 * What writers did as far as they know, for a test to see that it tested something. Immutable.
 *
 * @param committed transactions whose commit was answered
 * @param rolledBack transactions rolled back on purpose or lost with their connection before the commit
 * @param unknown transactions whose commit was not answered
 * @param statements statements that changed rows, also those rolled back
 * @param savepointRollbacks returns to a savepoint
 */
public record WorkloadReport(long committed, long rolledBack, long unknown, long statements, long savepointRollbacks) {

    static final WorkloadReport NONE = new WorkloadReport(0, 0, 0, 0, 0);

    WorkloadReport plus(WorkloadReport other) {
        return new WorkloadReport(
                committed + other.committed,
                rolledBack + other.rolledBack,
                unknown + other.unknown,
                statements + other.statements,
                savepointRollbacks + other.savepointRollbacks);
    }
}
