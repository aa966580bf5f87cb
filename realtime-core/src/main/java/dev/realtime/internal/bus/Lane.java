package dev.realtime.internal.bus;

import dev.realtime.internal.binding.BoundChange;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A thread that handles the changes it is given one after the other. How many it is given at a time is bounded by who gives
 * them. Its methods are confined to the subscription's thread where they do not say otherwise.
 */
final class Lane implements Runnable {

    private final Attempts attempts;
    private final Calls<BoundChange<?>> calls;
    private final Consumer<InFlight> returned;
    private final Consumer<Throwable> broken;
    private final Thread thread;
    private final BlockingQueue<Given> given = new LinkedBlockingQueue<>();
    private int pending;

    /**
     * What it is to handle.
     *
     * @param entry null where nothing more will come
     * @param leg what brings it: where that is given up, it is not begun
     */
    private record Given(@Nullable InFlight entry, @Nullable DeliveryQueue leg) {}

    /**
     * @param name of its thread
     * @param attempts the policy
     * @param calls calls the handler
     * @param returned told on its thread when it is done with a change
     * @param broken told on its thread of an error that nobody may swallow
     */
    Lane(
            String name,
            Attempts attempts,
            Calls<BoundChange<?>> calls,
            Consumer<InFlight> returned,
            Consumer<Throwable> broken) {
        this.attempts = attempts;
        this.calls = calls;
        this.returned = returned;
        this.broken = broken;
        this.thread = new Thread(this, name);
        this.thread.setDaemon(true);
    }

    /** Safe to call from any thread. */
    Thread thread() {
        return thread;
    }

    void give(InFlight entry, DeliveryQueue leg) {
        pending++;
        given.add(new Given(entry, leg));
    }

    /** It is done with one. */
    void took() {
        pending--;
    }

    /** Whether it is done with all that it was given. */
    boolean isQuiet() {
        return pending == 0;
    }

    /** Nothing more will come. */
    void close() {
        given.add(new Given(null, null));
    }

    /** Offers a change once more that was put aside. Safe to call from any thread. */
    void replay(BoundChange<?> change) throws Exception {
        calls.replay(change);
    }

    @Override
    public void run() {
        Given next;
        while ((next = take()).entry() != null) {
            InFlight entry = next.entry();
            DeliveryQueue leg = next.leg();
            try {
                if (leg == null || leg.isAbandoned() || attempts.isHalted() || attempts.isEnded()) {
                    entry.dropped = true;
                } else {
                    entry.handledEvents = calls.handle(entry.change());
                }
            } catch (GivenUp | InterruptedException e) {
                entry.dropped = true;
            } catch (Throwable error) {
                entry.dropped = true;
                broken.accept(error);
            }
            returned.accept(entry);
        }
    }

    /** An interrupt is for the handler; here it is of no account, as the end is told by {@link #close}. */
    private Given take() {
        while (true) {
            try {
                return given.take();
            } catch (InterruptedException e) {
                // whoever gives will say when nothing more comes
            }
        }
    }
}
