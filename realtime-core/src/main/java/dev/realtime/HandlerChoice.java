package dev.realtime;

import dev.realtime.error.ConfigurationException;
import dev.realtime.event.AcknowledgingHandler;
import dev.realtime.event.Action;
import dev.realtime.event.EventHandler;
import dev.realtime.event.RealtimeEvent;
import dev.realtime.event.StageHandler;
import dev.realtime.internal.bus.Manner;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** The handler of a subscription and the manner in which it is called. To be used by one thread at a time. */
final class HandlerChoice {

    private static final int MOST_LANES = 256;
    private static final int IN_FLIGHT = 64;

    private final Map<Action, EventHandler<RealtimeEvent<?>>> byAction = new EnumMap<>(Action.class);
    private @Nullable EventHandler<RealtimeEvent<?>> each;
    private @Nullable AcknowledgingHandler<RealtimeEvent<?>> inFlightHandler;
    private Manner.Batches.@Nullable Handler batch;
    /** The forms that were chosen, as the application wrote them; there should be one. */
    private String forms = "";

    private int lanes;
    private int inFlight;
    private int batchSize;
    private Duration batchWithin = Duration.ZERO;

    void each(EventHandler<RealtimeEvent<?>> code) {
        each = code;
        chosen("each");
    }

    void on(Action action, EventHandler<RealtimeEvent<?>> code) {
        if (byAction.isEmpty()) {
            chosen("inserted, updated, deleted");
        }
        byAction.put(action, code);
    }

    void acknowledged(AcknowledgingHandler<RealtimeEvent<?>> code) {
        inFlightHandler = code;
        chosen("eachAcknowledged");
    }

    void staged(StageHandler<RealtimeEvent<?>> code) {
        inFlightHandler = (event, acknowledgement) -> {
            CompletionStage<?> stage = Objects.requireNonNull(code.handle(event), "the handler's stage");
            stage.whenComplete((value, failure) -> {
                if (failure == null) {
                    acknowledgement.ack();
                } else {
                    acknowledgement.nack(cause(failure));
                }
            });
        };
        chosen("eachAsync");
    }

    /** Stages wrap what went wrong. */
    private static Throwable cause(Throwable failure) {
        Throwable cause = failure;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null
                && !(cause instanceof CancellationException)) {
            cause = cause.getCause();
        }
        return cause;
    }

    /** One whose effects are stored together with its place. */
    void storing() {
        chosen("a handler that stores its place");
    }

    void batch(Manner.Batches.Handler code) {
        batch = code;
        chosen("eachBatch");
    }

    private void chosen(String form) {
        forms = forms.isEmpty() ? form : forms + " and " + form;
    }

    void lanes(int count) {
        if (count < 1 || count > MOST_LANES) {
            throw new ConfigurationException("lanes must be between 1 and " + MOST_LANES + ", not " + count);
        }
        lanes = count;
    }

    void inFlight(int most) {
        if (most < 1) {
            throw new ConfigurationException("inFlight must be at least 1, not " + most);
        }
        inFlight = most;
    }

    void batching(int size, Duration within) {
        if (size < 1) {
            throw new ConfigurationException("A batch holds at least 1 event, not " + size);
        }
        if (within.isNegative() || within.compareTo(Duration.ofHours(1)) > 0) {
            throw new ConfigurationException("A batch waits no longer than an hour, and not for " + within);
        }
        batchSize = size;
        batchWithin = within;
    }

    /**
     * How it is done.
     *
     * @param subscription its name, for messages
     * @param actions what it wants; those without a handler are taken out
     * @param storing the handler that stores its place, where that was chosen
     */
    Manner manner(String subscription, Set<Action> actions, @Nullable EventHandler<RealtimeEvent<?>> storing) {
        if (forms.isEmpty()) {
            throw new ConfigurationException("Subscription " + subscription
                    + " needs a handler: each(...), or inserted, updated and deleted as they are wanted, or"
                    + " eachAcknowledged, eachAsync or eachBatch");
        }
        if (forms.contains(" and ")) {
            throw new ConfigurationException(
                    "Subscription " + subscription + " has more than one form of handler: " + forms + "; give it one");
        }
        refuseWhatMakesNoSense(subscription);
        if (storing != null) {
            if (lanes > 0) {
                throw new ConfigurationException("Subscription " + subscription + " has lanes and " + forms
                        + ": a place is stored by one event after the other");
            }
            return new Manner.Each(storing);
        }
        if (inFlightHandler != null) {
            return new Manner.InFlight(inFlightHandler, inFlight == 0 ? IN_FLIGHT : inFlight);
        }
        if (batch != null) {
            return new Manner.Batches(batch, batchSize, batchWithin);
        }
        EventHandler<RealtimeEvent<?>> handler = each == null ? byAction(subscription, actions) : each;
        return lanes == 0
                ? new Manner.Each(handler)
                : new Manner.Parallel(handler, lanes, inFlight == 0 ? Math.max(IN_FLIGHT, 16 * lanes) : inFlight);
    }

    private void refuseWhatMakesNoSense(String subscription) {
        String name = "Subscription " + subscription;
        if (lanes > 0 && inFlightHandler != null) {
            throw new ConfigurationException(name + " has lanes, and " + forms + ", which runs many events at once by"
                    + " itself: lanes are for handlers that are done when they return");
        }
        if (lanes > 0 && batch != null) {
            throw new ConfigurationException(
                    name + " has lanes and eachBatch: a batch is handled whole and in order, on one thread");
        }
        if (lanes > 0 && inFlight > 0 && inFlight < lanes) {
            throw new ConfigurationException(
                    name + " has " + lanes + " lanes and inFlight(" + inFlight + "): so many lanes would never run");
        }
        if (inFlight > 0 && lanes == 0 && inFlightHandler == null) {
            throw new ConfigurationException(name + " has inFlight(" + inFlight + ") and " + forms
                    + ", which handles one after the other: inFlight goes with eachAcknowledged, eachAsync or lanes");
        }
        if (batchSize > 0 && batch == null) {
            throw new ConfigurationException(name + " has batching and " + forms + ": batching goes with eachBatch");
        }
        if (batchSize == 0 && batch != null) {
            throw new ConfigurationException(
                    name + " has eachBatch: say with batching(size, within) how many events it may wait for, how long");
        }
    }

    private EventHandler<RealtimeEvent<?>> byAction(String subscription, Set<Action> actions) {
        if (actions.stream().noneMatch(byAction::containsKey)) {
            throw new ConfigurationException(
                    "Subscription " + subscription + " wants " + actions + " but handles " + byAction.keySet());
        }
        actions.retainAll(byAction.keySet());
        Map<Action, EventHandler<RealtimeEvent<?>>> handlers = Map.copyOf(byAction);
        return event -> Objects.requireNonNull(handlers.get(event.action())).handle(event);
    }
}
