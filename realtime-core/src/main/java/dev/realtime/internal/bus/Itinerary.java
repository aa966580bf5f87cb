package dev.realtime.internal.bus;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The legs that lie before a subscription, and whether it may go on. Where it may and there is none, a leg is asked for:
 * it has left the shared stream and has to catch up. A leg that follows another is only ever begun behind the whole of
 * it: where one is given up, so are those behind it. Thread-safe.
 */
final class Itinerary {

    private final ArrayDeque<Leg> legs = new ArrayDeque<>();
    private @Nullable Leg current;
    private boolean held;
    private int released;
    private boolean closed;
    private boolean ended;

    /** The first leg, or the one that was asked for. */
    synchronized void add(Leg leg) {
        if (held || closed) {
            leg.queue().abandon();
        } else {
            legs.add(leg);
            notifyAll();
        }
    }

    /**
     * A leg that takes over behind another.
     *
     * @return false where the other was given up: then this one is too
     */
    synchronized boolean addBehind(Leg other, Leg leg) {
        if (other.queue().isAbandoned()) {
            leg.queue().abandon();
            return false;
        }
        legs.add(leg);
        notifyAll();
        return true;
    }

    /** It may not begin another leg until it is released; what lay before it is given up. */
    synchronized void hold() {
        held = true;
        giveUpLegs();
    }

    private void giveUpLegs() {
        Leg leg = current;
        if (leg != null) {
            leg.queue().abandon();
        }
        giveUpNextLegs();
    }

    private void giveUpNextLegs() {
        legs.forEach(next -> next.queue().abandon());
        legs.clear();
    }

    synchronized void release() {
        if (held) {
            held = false;
            released++;
            Leg leg = current;
            if (leg != null) {
                leg.queue().ring(); // it may wait for what it had begun before it was held
            }
            notifyAll();
        }
    }

    /** How often it was held and released again. */
    synchronized int timesReleased() {
        return released;
    }

    synchronized boolean isHeld() {
        return held;
    }

    /** There will be no further leg, and nothing more on those there are. */
    synchronized void close() {
        closed = true;
        Leg leg = current;
        if (leg != null) {
            leg.queue().close();
        }
        legs.forEach(next -> next.queue().close());
        notifyAll();
    }

    /**
     * Nobody goes on: nothing is taken from the legs any more, and no reader must wait for space that nobody will free.
     * What lay on them stays unfinished and comes again.
     */
    synchronized void end() {
        closed = true;
        ended = true;
        giveUpLegs();
    }

    synchronized boolean isEnded() {
        return ended;
    }

    synchronized @Nullable Leg current() {
        return current;
    }

    /**
     * Waits for the next leg. What lies behind the one before is begun only where all of that one came: otherwise it is
     * given up, and comes again behind the rest.
     *
     * @param askForLeg called once where there is none and one may be begun
     * @return the leg, or null where there will be none
     */
    synchronized @Nullable Leg next(Runnable askForLeg) throws InterruptedException {
        if (current != null && !current.queue().isWhole()) {
            giveUpNextLegs();
        }
        current = null;
        boolean asked = false;
        while (true) {
            if (!held && !legs.isEmpty()) {
                current = legs.poll();
                return current;
            }
            if (closed) {
                return null;
            }
            if (held || asked) {
                asked &= !held;
                wait();
            } else {
                asked = true;
                askForLeg.run();
            }
        }
    }
}
