package dev.realtime.internal.engine;

import dev.realtime.error.GapException;
import dev.realtime.event.Gap;
import dev.realtime.event.Gap.Reason;
import dev.realtime.internal.replication.ReplicationSession;
import dev.realtime.internal.setup.Backend;
import dev.realtime.internal.setup.ServerSetup;
import dev.realtime.internal.setup.SlotState;
import dev.realtime.wal.Lsn;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The slot that a session streams from: the durable one, where nobody else does, or a temporary one of the session's own.
 * Confined to the reader thread, but for {@link #onServer}.
 */
final class SlotSource {

    private static final Logger LOG = LoggerFactory.getLogger(SlotSource.class);
    private static final int LONGEST_NAME = 63;

    private final EngineParts parts;
    private final Lineage lineage;
    private final String slot;
    private final boolean temporary;
    private volatile String onServer;
    private long sessions;
    private int lastSession;
    private int ended;

    SlotSource(EngineParts parts, Lineage lineage) {
        this.parts = parts;
        this.lineage = lineage;
        this.slot = parts.capture().slot();
        this.temporary = parts.capture().isTemporary();
        this.onServer = slot;
    }

    /** The name of the slot of this session or the last one. Safe to call from any thread. */
    String onServer() {
        return onServer;
    }

    boolean isTemporary() {
        return temporary;
    }

    /**
     * A temporary slot is gone with its session, and what was committed since is lost to it.
     *
     * @throws GapFound where that was not told yet
     */
    void tellOfBreak() {
        if (temporary && !lineage.goesOnFromAnywhere()) {
            String words = "The connection of the temporary slot of " + slot + " broke, and the slot went with it: what"
                    + " is committed from " + Lsn.of(parts.mark().position())
                    + " on until the stream is open again does not come. It goes on with GapPolicy.REPORT.";
            Lsn from = Lsn.of(parts.mark().position());
            throw new GapFound(
                    new Gap(Reason.DISCONNECTED, slot, from, null, words, List.of()), new GapException(words));
        }
    }

    /**
     * Where the slot stands.
     *
     * @param opened the session that will stream from it
     * @param found the durable slot as the survey found it
     */
    Lsn position(ReplicationSession opened, @Nullable SlotState found) {
        lastSession = opened.backendPid();
        if (!temporary) {
            return found == null ? Lsn.ZERO : found.position();
        }
        String suffix = "_" + ++sessions;
        String name = slot.substring(0, Math.min(slot.length(), LONGEST_NAME - suffix.length())) + suffix;
        Lsn position = parts.questions().ask(() -> opened.createTemporarySlot(name));
        onServer = name;
        return position;
    }

    /**
     * Another connection streams from the durable slot.
     *
     * @param found the slot
     * @param begun whether this process has streamed from it
     * @throws dev.realtime.error.SetupException always: it is waited for
     */
    void refuse(SlotState found, boolean begun) {
        Backend owner = found.owner();
        String theirs = owner == null ? null : owner.application();
        if (owner != null && theirs != null) {
            String ours = parts.settings().session().applicationName();
            Continuity continuity = parts.settings().continuity();
            if (ours.equals(theirs) && continuity.endsOwnSessions() && owner.pid() != ended) {
                ended = owner.pid();
                LOG.warn("Slot {}: a session of our own was left behind and is ended: {}", slot, owner);
                parts.questions().ask(() -> parts.database().endSession(owner.pid(), ours));
            } else if (begun && continuity.standsBy() && owner.pid() != lastSession && isPeer(theirs)) {
                lineage.goOnFromAnywhere(); // what it handles, we need not
            }
        }
        throw ServerSetup.slotInUse(found, null);
    }

    private boolean isPeer(String application) {
        String name = "realtime:" + slot;
        return application.equals(name) || application.startsWith(name + "@");
    }
}
