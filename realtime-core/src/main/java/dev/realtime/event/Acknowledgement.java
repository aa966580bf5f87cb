package dev.realtime.event;

import java.time.Duration;

/**
 * How a handler says what became of an event that it was given and has not finished yet. The first word counts; every
 * further one, whatever it says, is of no account. While nothing is said, the event stays in flight: nothing from its
 * transaction on is confirmed, and no more events are offered than may be in flight. Thread-safe: any thread may say it.
 */
public interface Acknowledgement {

    /** The event is handled. */
    void ack();

    /** The event is not handled: that is a failure, and the subscription's {@link Retry} says when it is offered again. */
    void nack();

    /**
     * The event is not handled: that is a failure, and where the subscription's {@link Retry} has attempts left, it is
     * offered again after this pause in place of the policy's own.
     *
     * @param pause how long to wait, not negative
     */
    void nack(Duration pause);

    /**
     * The event is not handled, and why: a failure as if the handler had thrown it.
     *
     * @param reason told by logs and status; an {@link Error} stops the stream
     */
    void nack(Throwable reason);
}
