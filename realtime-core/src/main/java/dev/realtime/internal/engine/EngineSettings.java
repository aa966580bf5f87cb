package dev.realtime.internal.engine;

import dev.realtime.internal.bus.QueueLimits;
import dev.realtime.internal.replication.SessionSettings;
import dev.realtime.setup.SetupMode;
import dev.realtime.setup.Startup;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How the engine works. Immutable.
 *
 * @param setupMode what to do about a server that lacks something
 * @param startup whether {@link Engine#start} waits until the stream is open
 * @param startTimeout the longest {@link Engine#start} may take
 * @param session how replication sessions behave
 * @param queues the bounds of each subscription's queue
 * @param retention how much log the server may keep for the slot; null where that is not watched
 * @param detachAfter how long a full queue may hold the others up before its subscription is sent off to catch up
 * @param continuity how the stream goes on where it cannot simply go on
 */
public record EngineSettings(
        SetupMode setupMode,
        Startup startup,
        Duration startTimeout,
        SessionSettings session,
        QueueLimits queues,
        @Nullable RetentionBudget retention,
        Duration detachAfter,
        Continuity continuity) {

    /**
     * The part of the start's time in which it is tried; the rest is for finding out why it failed, so that the caller
     * is told more than that the time is over.
     *
     * @return four fifths of {@link #startTimeout}
     */
    public Duration attemptTimeout() {
        return startTimeout.multipliedBy(4).dividedBy(5);
    }
}
