package dev.realtime.internal.setup;

import dev.realtime.error.RealtimeException;
import dev.realtime.error.SetupException;
import dev.realtime.error.SetupProblem;
import dev.realtime.setup.SetupMode;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The door of this room: what a server must have for one request, found out, added or refused.
 *
 * <p>Each method works on a connection to the database, not of the replication kind, that the caller opens and closes;
 * its transaction, if one is open, is rolled back, its auto-commit mode is kept. Each throws {@link SetupException} for
 * what can be mended by someone, {@link dev.realtime.error.ConnectException} where the connection is lost meanwhile, and
 * another {@link RealtimeException} for an error of the server that nobody expected. Thread-safe.
 */
public final class ServerSetup {

    private static final Logger LOG = LoggerFactory.getLogger(ServerSetup.class);

    /** Somebody else may create the same things at the same moment; each round that is overtaken finds more of them. */
    private static final int ROUNDS = 3;

    private static final Set<SetupProblem> NO_CHANGE_IS_LOST_FOR =
            Set.of(SetupProblem.REPLICA_IDENTITY, SetupProblem.OWN_TABLE);

    private final SetupRequest request;

    /** A call was cut off between the publication and the slot: the slot is not lost, it never was. */
    private volatile boolean publicationIsOurs;

    private volatile boolean slotIsOurs;

    /**
     * The set-up of one request.
     *
     * @param request what the server must have
     */
    public ServerSetup(SetupRequest request) {
        this.request = request;
    }

    /**
     * Finds out what is missing and changes nothing: the dry run.
     *
     * @param control a connection
     * @return what is there and what a plan would add
     * @throws SetupException where something is wrong that no SQL of this role mends
     */
    public Survey survey(Connection control) {
        return asking("Looking at the server's set-up", () -> {
            try (Catalogue catalogue = Catalogue.open(control)) {
                return new Surveyor(publicationIsOurs ? request.mayCreateSlot() : request, catalogue).survey();
            }
        });
    }

    /**
     * Makes the server ready: surveys it and, where something is missing, runs the plan. Two instances that start at once
     * wait for each other. Where the slot cannot be created, a publication that this call created is dropped again, so
     * that the next start is a first start too.
     *
     * @param control a connection
     * @param mode whether to run the plan or to fail with it
     * @param timeout the longest it may take, waiting for other transactions included
     * @return the server after it: nothing is missing
     * @throws SetupException where something is wrong, or the plan could not be run: the remedy is the SQL that is left
     */
    public Survey prepare(Connection control, SetupMode mode, Duration timeout) {
        slotIsOurs = false;
        Survey found = survey(control);
        boolean mayWait = mode == SetupMode.APPLY && !found.standby();
        boolean slotIsComing = found.slot() != null && found.slot().isBeingCreated();
        if (found.isComplete() && !(slotIsComing && mayWait)) {
            return found;
        }
        if (mode == SetupMode.VALIDATE) {
            throw incomplete(found);
        }
        if (found.standby()) {
            throw standby(found);
        }
        Deadline deadline = Deadline.in(timeout);
        return asking("Setting the server up", () -> {
            boolean autoCommit = control.getAutoCommit();
            SqlTask<Survey> alone = () ->
                    SetupLock.holding(control, request.publication(), deadline, () -> prepareAlone(control, deadline));
            return alone.then(() -> control.setAutoCommit(autoCommit)).run();
        });
    }

    /**
     * Whether the last {@link #prepare} created the slot itself: one that another instance created meanwhile may have been
     * streamed from.
     *
     * @return false before the first
     */
    public boolean hasCreatedSlot() {
        return slotIsOurs;
    }

    /**
     * Gives the place in the log up: the slot, where there is one, is dropped, and all that is missing is created, the slot
     * at the end of the log.
     *
     * @param control a connection
     * @param timeout the longest it may take, waiting for other transactions included
     * @return the server after it: nothing is missing
     * @throws SetupException where the plan could not be run
     */
    public Survey recreateSlot(Connection control, Duration timeout) {
        WantedSlot wanted = request.slot();
        Deadline deadline = Deadline.in(timeout);
        return asking("Creating the replication slot anew", () -> {
            boolean autoCommit = control.getAutoCommit();
            SqlTask<Survey> alone = () -> SetupLock.holding(control, request.publication(), deadline, () -> {
                if (wanted != null) {
                    SlotCheck.drop(control, wanted.name(), deadline);
                }
                publicationIsOurs = true;
                return prepareAlone(control, deadline);
            });
            return alone.then(() -> control.setAutoCommit(autoCommit)).run();
        });
    }

    /**
     * Checks before each (re)connect that the stream would deliver what was asked for, and changes nothing. A slot that
     * another connection streams from is no error here: see {@link Survey#slot()}.
     *
     * @param control a connection
     * @return the server: nothing is missing that changes would be lost for. Where REPLICA IDENTITY FULL is asked for and
     *     was taken away meanwhile, as a new partition lacks it, events say so themselves, and whoever needs a table of
     *     ours that is gone waits for it: that is logged alone
     * @throws SetupException where something is missing or wrong
     */
    public Survey verifyForStream(Connection control) {
        Survey found = survey(control);
        boolean whole = found.refusal() == null
                && found.missing().stream().allMatch(missing -> NO_CHANGE_IS_LOST_FOR.contains(missing.problem()));
        if (!whole) {
            throw incomplete(found);
        }
        found.missing().forEach(missing -> LOG.warn("To be run soon: {}", missing.step()));
        return found;
    }

    /**
     * What the publication captures now.
     *
     * @param control a connection
     * @return nothing where it is missing
     */
    public Captured captured(Connection control) {
        return asking("Looking at the publication \"" + request.publication() + '"', () -> {
            try (Catalogue catalogue = Catalogue.open(control)) {
                return new CaptureCatalogue(catalogue).captured(request.publication(), request.tableNames());
            }
        });
    }

    /**
     * What the server lacks for the wanted slot to outlive it.
     *
     * @param control a connection to PostgreSQL 17 or later
     * @return sentences; empty where nothing is missing that the primary knows of
     */
    public List<String> failoverMissing(Connection control) {
        WantedSlot wanted = request.slot();
        if (wanted == null) {
            return List.of();
        }
        return asking("Looking at the standbys of the replication slot \"" + wanted.name() + '"', () -> {
            try (Catalogue catalogue = Catalogue.open(control)) {
                SlotState slot =
                        new SlotCatalogue(catalogue).find(wanted.name()).orElse(null);
                return new FailoverCatalogue(catalogue).missing(slot);
            }
        });
    }

    /**
     * The wanted slot as it is now.
     *
     * @param control a connection
     * @return the slot; empty where it is missing, or none was asked for
     */
    public Optional<SlotState> slotState(Connection control) {
        WantedSlot wanted = request.slot();
        if (wanted == null) {
            return Optional.empty();
        }
        return asking("Looking at the replication slot \"" + wanted.name() + '"', () -> {
            try (Catalogue catalogue = Catalogue.open(control)) {
                return new SlotCatalogue(catalogue).find(wanted.name());
            }
        });
    }

    /**
     * The error for a slot that is in use and did not become free in time.
     *
     * @param slot the slot, active
     * @param cause the refusal to stream, if it came to that
     * @return a {@link SetupProblem#SLOT_IN_USE} that names the owner
     */
    public static SetupException slotInUse(SlotState slot, @Nullable Throwable cause) {
        return SlotCheck.inUse(slot, cause);
    }

    /**
     * The error for a slot whose creation was given up: it waits for every transaction that had written when it began.
     *
     * @param control a connection, not the one that creates the slot
     * @param slot the slot's name
     * @param cause the time-out, if there was one
     * @return a {@link SetupProblem#SLOT_CREATION_BLOCKED} that names each transaction that is still open
     */
    public static SetupException slotCreationBlocked(Connection control, String slot, @Nullable SQLException cause) {
        return asking("Looking for open transactions", () -> PlanFailure.slotBlocked(control, slot, cause));
    }

    /** Under the lock, and so in one thread. */
    private Survey prepareAlone(Connection control, Deadline deadline) throws SQLException {
        SQLException overtaken = null;
        for (int round = 0; round < ROUNDS; round++) {
            Survey found = survey(control);
            if (found.isComplete()) {
                publicationIsOurs = false;
                return found;
            }
            if (found.refusal() != null) {
                throw found.refusal();
            }
            PlanRunner runner = new PlanRunner(request, control, deadline);
            try {
                runner.run(found);
            } catch (SQLException e) {
                if (!SqlState.isDuplicate(e)) {
                    throw e;
                }
                overtaken = e;
            } finally {
                publicationIsOurs |= runner.leavesPublication();
                slotIsOurs |= runner.hasCreatedSlot();
            }
        }
        SetupException incomplete = incomplete(survey(control));
        if (overtaken != null) {
            incomplete.addSuppressed(overtaken);
        }
        throw incomplete;
    }

    private SetupException standby(Survey found) {
        return new SetupException(
                SetupProblem.PUBLICATION_PRIVILEGE,
                "The server is a standby, on which nothing can be set up for the publication \"" + request.publication()
                        + "\". Connect to the primary",
                Script.of(found.missing()),
                null);
    }

    private SetupException incomplete(Survey found) {
        if (found.refusal() != null) {
            return found.refusal();
        }
        List<Missing> missing = found.missing();
        String reasons = missing.stream().map(part -> part.step().reason()).collect(Collectors.joining("; "));
        return new SetupException(
                missing.get(0).problem(),
                "The server is not set up for the publication \"" + request.publication() + "\": " + reasons,
                Script.of(missing),
                null);
    }

    private static <T> T asking(String what, SqlTask<T> task) {
        try {
            return task.run();
        } catch (SQLException e) {
            throw SqlState.unexpected(what, e);
        }
    }
}
