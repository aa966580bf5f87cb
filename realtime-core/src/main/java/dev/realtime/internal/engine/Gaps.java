package dev.realtime.internal.engine;

import dev.realtime.error.GapException;
import dev.realtime.error.SetupException;
import dev.realtime.event.Gap;
import dev.realtime.event.Gap.Reason;
import dev.realtime.event.GapPolicy;
import dev.realtime.internal.transaction.CutTransaction;
import dev.realtime.wal.Lsn;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which errors mean that the place in the log is lost, and which of these a policy passes. Immutable. */
final class Gaps {

    private final String slot;
    private final GapPolicy policy;

    Gaps(String slot, GapPolicy policy) {
        this.slot = slot;
        this.policy = policy;
    }

    /**
     * The gap behind an error of a stream that had begun.
     *
     * @param error the error
     * @param confirmed how far it was confirmed
     * @return null where nothing is lost by it
     */
    @Nullable
    GapFound behind(RuntimeException error, Lsn confirmed) {
        if (error instanceof GapFound found) {
            return found;
        }
        if (error instanceof CutTransaction) {
            return found(Reason.TRANSACTION_CUT, error, confirmed);
        }
        if (error instanceof GapException) {
            return found(Reason.POSITION_LOST, error, confirmed);
        }
        if (error instanceof SetupException setup) {
            return switch (setup.problem()) {
                case SLOT_MISSING -> found(Reason.SLOT_MISSING, error, confirmed);
                case SLOT_LOST -> found(Reason.SLOT_LOST, error, confirmed);
                case SLOT_OTHER_PLUGIN, SLOT_OTHER_DATABASE, SLOT_OTHER_OPTIONS ->
                    found(Reason.SLOT_REPLACED, error, confirmed);
                case PUBLICATION_MISSING -> found(Reason.PUBLICATION_MISSING, error, confirmed);
                default -> null;
            };
        }
        return null;
    }

    /**
     * The gap behind an error.
     *
     * @param reason what it is
     * @param error the error
     * @param from how far was confirmed; null where that is not known
     */
    GapFound found(Reason reason, RuntimeException error, @Nullable Lsn from) {
        String message = error.getMessage() == null ? reason.name() : error.getMessage();
        List<String> remedy = error instanceof SetupException setup ? setup.remedy() : List.of();
        return new GapFound(new Gap(reason, slot, from, null, message, remedy), error);
    }

    boolean passes(Reason reason) {
        return policy != GapPolicy.STOP
                && switch (reason) {
                    case SLOT_MOVED, SUBSCRIPTION_AWAY, TRANSACTION_CUT, DISCONNECTED -> true;
                    case SLOT_MISSING, SLOT_LOST, PUBLICATION_MISSING -> recreates();
                    case REWOUND -> policy == GapPolicy.ACCEPT_REWIND;
                    case SLOT_REPLACED, CLAIM_DROPPED, POSITION_LOST, OTHER_SERVER -> false;
                };
    }

    /** Whether a slot that is missing or lost is created anew, and one that stands wrong. */
    boolean recreates() {
        return policy == GapPolicy.RECREATE_AND_REPORT || policy == GapPolicy.ACCEPT_REWIND;
    }
}
