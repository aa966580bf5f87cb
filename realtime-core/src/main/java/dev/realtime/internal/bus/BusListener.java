package dev.realtime.internal.bus;

/** Who is told what a subscription's thread cannot do by itself. Called on that thread; must not block, but to park. */
public interface BusListener extends Parking {

    /**
     * A subscription that has left the shared stream can go on, and has a leg that a stream of its own must fill.
     *
     * @param leg from where it is
     */
    void wantsToCatchUp(CatchUpLeg leg);

    /**
     * A handler threw an error that nobody may swallow.
     *
     * @param error what it threw
     */
    void failed(Throwable error);
}
