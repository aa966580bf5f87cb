package dev.realtime.internal.setup;

import static dev.realtime.internal.connection.SqlText.identifier;

import dev.realtime.error.ConnectException;
import dev.realtime.error.SetupProblem;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs what a survey found missing, each step in a transaction of its own. Confined to one thread. */
final class PlanRunner {

    private static final Logger log = LoggerFactory.getLogger(PlanRunner.class);

    /** A lock on a table is asked for again and again: everyone who comes later queues up behind one that waits. */
    private static final Duration TABLE_LOCK = Duration.ofSeconds(2);

    private static final Duration UNDO = Duration.ofSeconds(5);

    private final SetupRequest request;
    private final Connection connection;
    private final Deadline deadline;
    private boolean publicationIsOurs;
    private boolean slotIsOurs;

    PlanRunner(SetupRequest request, Connection connection, Deadline deadline) {
        this.request = request;
        this.connection = connection;
        this.deadline = deadline;
    }

    /**
     * Runs the steps in order.
     *
     * @throws SQLException that is a duplicate where somebody else was faster: survey again
     */
    void run(Survey survey) throws SQLException {
        List<Missing> missing = survey.missing();
        for (int i = 0; i < missing.size(); i++) {
            Missing part = missing.get(i);
            try {
                requireWanted();
                run(part, new PlanFailure(request, survey, missing.subList(i, missing.size())));
            } catch (RuntimeException e) {
                if (publicationIsOurs) {
                    dropPublication(e);
                }
                throw e;
            }
            publicationIsOurs |= part.problem() == SetupProblem.PUBLICATION_MISSING;
            slotIsOurs |= part.isSlot();
        }
    }

    /** Whether this run created the publication, and it is still there as far as one knows. */
    boolean leavesPublication() {
        return publicationIsOurs;
    }

    /** Whether this run created the slot. */
    boolean hasCreatedSlot() {
        return slotIsOurs;
    }

    /** Who has given up its start must not find later that it was set up all the same. */
    private static void requireWanted() {
        if (Thread.currentThread().isInterrupted()) {
            throw new ConnectException("The set-up was given up before it was complete", null, null);
        }
    }

    private void run(Missing part, PlanFailure failure) throws SQLException {
        while (true) {
            try {
                long lockMillis =
                        part.isSlot() ? deadline.millis() : Math.min(deadline.millis(), TABLE_LOCK.toMillis());
                new ControlTransaction(connection, lockMillis, deadline.millis())
                        .run(part.step().statements());
                log.info("Set up: {}", part.step().statements());
                return;
            } catch (SQLException e) {
                requireWanted();
                boolean again = SqlState.isWaitedInVain(e) && !part.isSlot() && !deadline.isOver();
                if (!again) {
                    failure.explain(connection, e);
                }
            }
        }
    }

    /** Without its slot, the publication would make the next start look like one whose slot was lost. */
    private void dropPublication(Exception reason) {
        String sql = "DROP PUBLICATION " + identifier(request.publication());
        Deadline undo = Deadline.in(UNDO);
        while (publicationIsOurs) {
            try {
                new ControlTransaction(connection, undo.millis(), undo.millis()).run(List.of(sql));
                publicationIsOurs = false;
                log.info("Publication {} was dropped again: its slot was not created", request.publication());
            } catch (SQLException e) {
                reason.addSuppressed(e);
                // A cancellation that was meant for the slot's creation may come late.
                if (!SqlState.isWaitedInVain(e) || undo.isOver()) {
                    return;
                }
            }
        }
    }
}
