package dev.realtime.event;

/** What is done about a handler that runs longer than it should: see {@code SubscriptionBuilder.handlerTimeout}. */
public enum Overtime {
    /** It goes on: it is logged once, with what its thread is doing, and the status tells it. The default. */
    REPORT,
    /**
     * Besides, its thread is interrupted, once. What the handler throws then is a failure like any other; where it takes no
     * notice, it goes on.
     */
    INTERRUPT
}
