package dev.realtime.internal.engine;

import dev.realtime.error.RealtimeException;
import dev.realtime.internal.ack.ConfirmedMark;
import dev.realtime.internal.binding.BoundChange;
import dev.realtime.internal.bus.Bus;
import dev.realtime.internal.bus.BusListener;
import dev.realtime.internal.bus.CatchUpLeg;
import dev.realtime.internal.bus.SubscriptionProgress;
import dev.realtime.internal.connection.PostgresConnector;
import dev.realtime.internal.live.LiveStreams;
import dev.realtime.internal.setup.Database;
import dev.realtime.internal.setup.ServerSetup;
import dev.realtime.store.DeadLetters;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * One stream from start to stop, over any number of sessions: the rooms put together, and what others may ask of them.
 * Thread-safe.
 */
public final class Engine {

    private static final Duration LONGEST_STOP = Duration.ofDays(365);

    private final Capture capture;
    private final Database database;
    private final ConfirmedMark mark = new ConfirmedMark();
    private final LiveStreams live;
    private final Bus bus;
    private final Signals signals;
    private final DeadLetterBox deadLetters;
    private final Stop stop;
    private final CaughtUp caughtUp;
    private final Reader reader;

    /**
     * An engine that has not started.
     *
     * @param settings how it works
     * @param capture what the application wants to see
     * @param connector opens connections
     * @param impatient opens connections too, with time-outs of a second or two
     */
    public Engine(EngineSettings settings, Capture capture, PostgresConnector connector, PostgresConnector impatient) {
        this.capture = capture;
        this.database = new Database(connector, impatient, new ServerSetup(capture.request()));
        this.live = new LiveStreams(capture.slot(), capture.entityNames());
        this.bus = new Bus(capture.slot(), live, capture.subscriptions(), settings.queues(), mark, new BusListener() {
            @Override
            public void wantsToCatchUp(CatchUpLeg leg) {
                reader.catchUp(leg);
            }

            @Override
            public void failed(Throwable error) {
                reader.handlerFailed(error);
            }

            @Override
            public void park(String subscription, BoundChange<?> change, int attempts, Throwable failure)
                    throws TooLargeToPark {
                deadLetters.park(subscription, change, attempts, failure);
            }
        });
        this.stop = new Stop(bus);
        this.caughtUp = new CaughtUp(mark, database, capture.slot());
        this.signals = new Signals(capture.slot(), capture.signalHandlers());
        Ways ways = new Ways(capture.types(), database);
        this.deadLetters = new DeadLetterBox(capture, database, ways, bus);
        EngineParts parts = new EngineParts(
                settings,
                capture,
                connector,
                database,
                bus,
                mark,
                stop,
                new Positions(),
                new Questions(Reader.nameFor(capture.slot()), stop, database::cancel),
                caughtUp,
                new ServerWatch(capture, settings.retention(), database, bus, stop, signals),
                signals);
        this.reader = new Reader(parts, ways, live);
    }

    /**
     * Checks the server, makes it ready, and opens the stream; in the background where the settings say so. To be called
     * once.
     *
     * @throws RealtimeException where that is not possible, or not within the time; in the background, where the coordinates
     *     are none
     */
    public void start() {
        reader.start();
    }

    /**
     * Lets the handlers finish the transactions they have begun, confirms what is finished, and closes the connection.
     * Called from a handler it only begins to stop, since it cannot wait for itself. May be called again.
     *
     * @param timeout how long the handlers may take; those that take longer are interrupted, and what they were at comes
     *     again
     */
    public void stop(Duration timeout) {
        stop.wish(timeout.compareTo(LONGEST_STOP) < 0 ? timeout : LONGEST_STOP);
        reader.stopReading();
        if (!bus.isHandlerThread() && !signals.isOwnThread()) {
            reader.awaitEnd();
        }
    }

    /**
     * The attributes that no event tells.
     *
     * @return by the entity's name, each with the reason; entities of which all is told are not in it
     */
    public Map<String, Map<String, String>> unavailable() {
        return capture.unavailable();
    }

    /**
     * How the stream is doing.
     *
     * @return the progress now
     */
    public EngineProgress progress() {
        return reader.progress();
    }

    /**
     * How far the server was told to forget, or is about to be.
     *
     * @return an unsigned position; 0 before the first
     */
    public long confirmed() {
        return mark.position();
    }

    /**
     * How the subscriptions are doing.
     *
     * @return one for each
     */
    public List<SubscriptionProgress> subscriptions() {
        return bus.progress();
    }

    /** {@return the live subscriptions} */
    public LiveStreams live() {
        return live;
    }

    /**
     * Pauses a subscription.
     *
     * @param subscription its name
     * @return false where none has it
     */
    public boolean pause(String subscription) {
        return bus.pause(subscription);
    }

    /**
     * Resumes a subscription that was paused or has stopped.
     *
     * @param subscription its name
     * @return false where none has it
     */
    public boolean resume(String subscription) {
        return bus.resume(subscription);
    }

    /**
     * Forgets the stored position of a subscription that this stream does not have.
     *
     * @param subscription its name
     * @return false where nothing was stored of it
     */
    public boolean forget(String subscription) {
        OffsetPlan plan = capture.offsets();
        return plan != null
                && database.run(
                        "Forgetting subscription " + subscription + " of slot " + capture.slot(),
                        control -> plan.offsets().forget(control, subscription));
    }

    /**
     * What subscriptions have put aside.
     *
     * @return asks the database at each call
     */
    public DeadLetters deadLetters() {
        return deadLetters;
    }

    /**
     * Waits until every subscription has handled everything that was committed before the call.
     *
     * @param timeout how long at most
     * @return false where the time is over, or nothing can be hoped for: the stream has ended, or a subscription that has
     *     not handled everything is paused or stopped
     * @throws IllegalStateException on a handler's thread, which would wait for itself
     * @throws RealtimeException where the server could not be asked
     */
    public boolean awaitCaughtUp(Duration timeout) throws InterruptedException {
        if (bus.isHandlerThread()) {
            throw new IllegalStateException("A handler of slot " + capture.slot()
                    + " cannot wait until all handlers have caught up: it would wait" + " for itself");
        }
        return caughtUp.await(timeout, this::isHeld) && !isAny(SubscriptionProgress.State.DETACHED);
    }

    private boolean isHeld() {
        return stop.isWished()
                || reader.state() == EngineState.FAILED
                || isAny(
                        SubscriptionProgress.State.PAUSED,
                        SubscriptionProgress.State.STOPPED,
                        SubscriptionProgress.State.DETACHED);
    }

    private boolean isAny(SubscriptionProgress.State... states) {
        return bus.progress().stream().anyMatch(each -> List.of(states).contains(each.state()));
    }
}
