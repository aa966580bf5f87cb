package dev.realtime.faultbed.ledger;

import dev.realtime.faultbed.server.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection's part of a workload: transaction after transaction, a statement at each step. Confined to its writer. */
final class Lane {

    private static final Logger LOG = LoggerFactory.getLogger(Lane.class);
    private static final Duration BACK_OFF = Duration.ofMillis(20);
    private static final int SHORT = 5;
    private static final int LONG_PERCENT = 5;
    private static final int ROLLBACK_PERCENT = 15;

    private final TestDatabase database;
    private final WorkloadPlan plan;
    private final Random random;
    private final LaneRows rows;
    private final LongAdder allCommitted;
    private @Nullable Connection connection;
    private int transactions;
    private int statementsLeft;
    private boolean inTransaction;
    private boolean committing;
    private long committed;
    private long rolledBack;
    private long unknown;

    Lane(TestDatabase database, WorkloadPlan plan, int number, Random random, LongAdder allCommitted) {
        this.database = database;
        this.plan = plan;
        this.random = random;
        this.allCommitted = allCommitted;
        this.rows = new LaneRows(number, plan.bigBodyPercent(), random);
    }

    /** One statement further; false when there is nothing left to do. */
    boolean step() {
        try {
            Connection open = connection();
            if (!inTransaction) {
                begin();
            } else if (statementsLeft > 0) {
                rows.change(open);
                statementsLeft--;
            } else {
                finish(open);
            }
        } catch (SQLException e) {
            lost(e);
        }
        return inTransaction || transactions < plan.transactionsPerLane();
    }

    private Connection connection() throws SQLException {
        Connection open = connection;
        if (open == null) {
            open = database.connect();
            connection = open;
            rows.load(open);
            open.setAutoCommit(false);
        }
        return open;
    }

    private void begin() {
        rows.begin();
        inTransaction = true;
        statementsLeft = 1 + random.nextInt(random.nextInt(100) < LONG_PERCENT ? plan.longTransactionRows() : SHORT);
    }

    private void finish(Connection open) throws SQLException {
        if (random.nextInt(100) < ROLLBACK_PERCENT) {
            open.rollback();
            rows.rolledBack();
            rolledBack++;
        } else {
            committing = true;
            open.commit();
            committed++;
            allCommitted.increment();
        }
        ended();
    }

    private void ended() {
        committing = false;
        inTransaction = false;
        transactions++;
    }

    /** Connections may be lost at any time; anything else is a mistake of the workload's own. */
    private void lost(SQLException e) {
        String state = String.valueOf(e.getSQLState());
        if (!state.startsWith("08") && !state.startsWith("57P") && !state.equals("53300")) {
            throw new IllegalStateException("The workload is wrong: SQLState " + state, e);
        }
        LOG.debug("A lane lost its connection", e);
        if (committing) {
            unknown++;
        } else if (inTransaction) {
            rolledBack++;
        }
        if (inTransaction) {
            ended();
        }
        end();
        LockSupport.parkNanos(BACK_OFF.toNanos());
    }

    /** Leaves; what is open is rolled back by that. */
    void end() {
        Connection open = connection;
        connection = null;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException e) {
                LOG.debug("The connection was gone already", e);
            }
        }
    }

    WorkloadReport report() {
        return new WorkloadReport(committed, rolledBack, unknown, rows.statements(), rows.savepointRollbacks());
    }
}
