package dev.realtime.internal.bus;

import dev.realtime.event.AcknowledgingHandler;
import dev.realtime.event.EventHandler;
import dev.realtime.event.RealtimeEvent;
import dev.realtime.event.TransactionHandler;
import java.time.Duration;
import java.util.List;

/** In which manner a subscription's events are handled, and by what code. Immutable. */
public sealed interface Manner {

    /**
     * One event at a time, in order.
     *
     * @param handler the application's code
     */
    record Each(EventHandler<RealtimeEvent<?>> handler) implements Manner {}

    /**
     * Several events in flight, finished in any order.
     *
     * @param handler the application's code
     * @param inFlight how many at most
     */
    record InFlight(AcknowledgingHandler<RealtimeEvent<?>> handler, int inFlight) implements Manner {}

    /**
     * Several events at a time, each lane one; in order for each id.
     *
     * @param handler the application's code, called by several threads at once
     * @param lanes how many threads
     * @param inFlight how many events are handed to them at most
     */
    record Parallel(EventHandler<RealtimeEvent<?>> handler, int lanes, int inFlight) implements Manner {}

    /**
     * Several events in one call, in order.
     *
     * @param handler the application's code
     * @param size how many changes at most
     * @param within how long a change waits for others at most
     */
    record Batches(Handler handler, int size, Duration within) implements Manner {

        /** Code for several events. */
        @FunctionalInterface
        public interface Handler {

            /**
             * Handles a batch whole.
             *
             * @param events at least one
             * @throws Exception where it could not
             */
            void handle(List<RealtimeEvent<?>> events) throws Exception;
        }
    }

    /**
     * Whole transactions, in order; large ones in chunks.
     *
     * @param handler the application's code
     * @param chunk how many changes one call gets at most
     */
    record Transactions(TransactionHandler handler, int chunk) implements Manner {}
}
