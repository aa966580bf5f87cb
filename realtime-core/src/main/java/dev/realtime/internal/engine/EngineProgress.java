package dev.realtime.internal.engine;

import dev.realtime.event.Gap;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the stream is doing. Immutable.
 *
 * @param state what the engine does
 * @param received how far the stream has been read, unsigned
 * @param serverPosition how far the server's log was when it last said so, unsigned
 * @param sessions how many times the stream was opened
 * @param streamingSince when the present session began; null while there is none
 * @param retained how much log the server keeps for the slot; null where that is not known
 * @param lastError the last error, kept after it was overcome
 * @param gap the last gap, kept after it was passed
 * @param failoverMissing what the slot lacks to outlive the server; null where that does not matter or is not known yet
 */
public record EngineProgress(
        EngineState state,
        long received,
        long serverPosition,
        long sessions,
        @Nullable Instant streamingSince,
        @Nullable RetainedWal retained,
        @Nullable Throwable lastError,
        @Nullable Gap gap,
        @Nullable List<String> failoverMissing) {}
