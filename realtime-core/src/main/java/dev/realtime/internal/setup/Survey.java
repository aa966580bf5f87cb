package dev.realtime.internal.setup;

import dev.realtime.error.SetupException;
import dev.realtime.setup.SetupPlan;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A server as it was found, and what it lacks. Immutable.
 *
 * @param serverVersion as {@code server_version_num}: 180006 for 18.6
 * @param standby whether the server is a standby, and so read-only
 * @param role the role of the connection
 * @param tables the wanted tables, in the order of the request
 * @param slot the wanted slot; null where it is missing or none was asked for
 * @param missing what a plan can add, in the order in which it must run
 * @param refusal why the plan must not be run, or null: of slot and publication one is missing in a way that may mean lost
 *     changes. While another instance sets the server up, it may also mean that this survey fell in between: the
 *     publication is read as of one moment, the slot as it is
 * @param captured what the publication captures
 * @param notices what is right but may surprise, one sentence each, for the log
 */
public record Survey(
        int serverVersion,
        boolean standby,
        String role,
        List<ResolvedTable> tables,
        @Nullable SlotState slot,
        List<Missing> missing,
        @Nullable SetupException refusal,
        Captured captured,
        List<String> notices) {

    /** A survey. */
    public Survey {
        tables = List.copyOf(tables);
        missing = List.copyOf(missing);
        notices = List.copyOf(notices);
    }

    /**
     * Whether the stream can start as things are.
     *
     * @return true where nothing is missing
     */
    public boolean isComplete() {
        return missing.isEmpty() && refusal == null;
    }

    /**
     * The steps that are missing.
     *
     * @return the plan; empty where nothing is missing
     * @throws SetupException where slot or publication is missing and must not be created without being asked for
     */
    public SetupPlan plan() {
        if (refusal != null) {
            throw refusal;
        }
        return new SetupPlan(missing.stream().map(Missing::step).toList());
    }
}
