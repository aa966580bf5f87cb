package dev.realtime.internal.bus;

import dev.realtime.error.RealtimeException;
import dev.realtime.event.Acknowledgement;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An acknowledgement as one word of what became of an event. Thread-safe where its word is. */
abstract class Telling implements Acknowledgement {

    private static final Duration LONGEST_PAUSE = Duration.ofDays(365);

    /**
     * What became of it.
     *
     * @param events how many events were handled
     * @param failure why it was not; null where it was
     * @param pauseNanos the pause that is asked for, or -1 where the policy's own counts
     */
    abstract void tell(int events, @Nullable Throwable failure, long pauseNanos);

    @Override
    public void ack() {
        tell(1, null, -1);
    }

    @Override
    public void nack() {
        tell(0, new RealtimeException("The handler did not acknowledge the event (nack)"), -1);
    }

    @Override
    public void nack(Duration pause) {
        if (pause.isNegative()) {
            throw new IllegalArgumentException("An event cannot be offered again before now: " + pause);
        }
        Duration bounded = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
        String message = "The handler did not acknowledge the event (nack with a pause)";
        tell(0, new RealtimeException(message), bounded.toNanos());
    }

    @Override
    public void nack(Throwable reason) {
        tell(0, Objects.requireNonNull(reason, "reason"), -1);
    }
}
