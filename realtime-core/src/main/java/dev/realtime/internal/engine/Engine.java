package dev.realtime.internal.engine;

import dev.realtime.error.ConnectException;
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
import dev.realtime.setup.Startup;
import dev.realtime.store.DeadLetters;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One stream from start to stop, over any number of sessions. Its public methods are thread-safe. */
public final class Engine {

    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);
    private static final long GRACE_NANOS = Duration.ofSeconds(2).toNanos();
    private static final Duration STANDBY_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_STOP = Duration.ofDays(365);
    private static final long STEADY_NANOS = Duration.ofSeconds(10).toNanos();

    private final EngineSettings settings;
    private final Capture capture;
    private final PostgresConnector connector;
    private final Database database;
    private final ConfirmedMark mark = new ConfirmedMark();
    private final LiveStreams live;
    private final Bus bus;
    private final SharedStream sharedStream;
    private final CatchUps catchUps;
    private final Signals signals;
    private final ServerWatch serverWatch;
    private final DeadLetterBox deadLetters;
    private final Stop stop;
    private final Positions positions = new Positions();
    private final CaughtUp caughtUp;
    private final @Nullable RetentionWatch retention;
    private final Thread reader;
    private final CompletableFuture<Void> started = new CompletableFuture<>();
    private final long startDeadlineNanos;
    /** When the reader stops trying: earlier than the caller stops waiting, so that it can still tell why. */
    private final long attemptDeadlineNanos;

    // Confined to the reader thread
    private final Reconnect reconnect = new Reconnect();

    // Written by the reader thread, but for the error of a handler
    private volatile EngineState state = EngineState.STARTING;
    private volatile long sessions;
    private volatile @Nullable Instant streamingSince;
    private volatile @Nullable Throwable lastError;
    private volatile @Nullable Throwable handlerError;

    /**
     * An engine that has not started.
     *
     * @param settings how it works
     * @param capture what the application wants to see
     * @param connector opens connections
     * @param impatient opens connections too, with time-outs of a second or two
     */
    public Engine(EngineSettings settings, Capture capture, PostgresConnector connector, PostgresConnector impatient) {
        this.settings = settings;
        this.capture = capture;
        this.connector = connector;
        this.database = new Database(connector, impatient, new ServerSetup(capture.request()));
        this.live = new LiveStreams(capture.slot(), capture.entityNames());
        this.bus = new Bus(capture.slot(), live, capture.subscriptions(), settings.queues(), mark, new BusListener() {
            @Override
            public void wantsToCatchUp(CatchUpLeg leg) {
                catchUps.begin(leg, bus);
            }

            @Override
            public void failed(Throwable error) {
                handlerFailed(error);
            }

            @Override
            public void park(String subscription, BoundChange<?> change, int attempts, Throwable failure)
                    throws TooLargeToPark {
                deadLetters.park(subscription, change, attempts, failure);
            }
        });
        this.stop = new Stop(bus);
        this.caughtUp = new CaughtUp(mark, database, capture.slot());
        RetentionBudget budget = settings.retention();
        this.retention = budget == null
                ? null
                : new RetentionWatch(
                        capture.slot(), budget, () -> database.retention(capture.slot()), bus::progress, stop);
        Ways ways = new Ways(capture.types(), database);
        this.deadLetters = new DeadLetterBox(capture, database, ways, bus);
        long now = System.nanoTime();
        this.startDeadlineNanos = now + settings.startTimeout().toNanos();
        this.attemptDeadlineNanos = now + settings.attemptTimeout().toNanos();
        String readerName = "realtime-" + capture.slot() + "-reader";
        this.signals = new Signals(capture.slot(), capture.signalHandlers());
        this.serverWatch = new ServerWatch(capture.slot(), capture.keepsOnStandbys(), database, signals);
        EngineParts parts = new EngineParts(
                settings,
                capture,
                connector,
                database,
                bus,
                mark,
                stop,
                positions,
                new Questions(readerName, stop, database::cancel),
                caughtUp,
                retention,
                signals);
        this.sharedStream = new SharedStream(parts, ways, serverWatch, this::streaming);
        this.catchUps = new CatchUps(
                capture, parts::openSession, ways, mark.transactions(), stop, positions, sharedStream::slotOnServer);
        this.reader = new Thread(this::run, readerName);
        this.reader.setDaemon(true);
    }

    /**
     * Checks the server, makes it ready, and opens the stream; in the background where the settings say so. To be called
     * once.
     *
     * @throws RealtimeException where that is not possible, or not within the time; in the background, where the coordinates
     *     are none
     */
    public void start() {
        if (isInBackground()) {
            LOG.info("Slot {} on {} starts in the background", capture.slot(), connector.describe());
            reader.start();
            return;
        }
        reader.start();
        try {
            started.get(startDeadlineNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause
                    ? cause
                    : new RealtimeException("The stream could not start", e.getCause());
        } catch (TimeoutException e) {
            cut();
            Throwable error = lastError;
            throw new ConnectException(
                    "Slot " + capture.slot() + " on " + connector.describe() + " did not stream within "
                            + settings.startTimeout().toMillis() + " ms (startTimeout)"
                            + (error == null ? "" : ": " + error.getMessage()),
                    null,
                    error);
        } catch (InterruptedException e) {
            cut();
            Thread.currentThread().interrupt();
            throw new RealtimeException("Interrupted while slot " + capture.slot() + " was about to stream", e);
        }
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
        bus.stopBeginning();
        sharedStream.requestStopBetweenTransactions();
        bus.wakeReader();
        if (bus.isHandlerThread() || signals.isOwnThread()) {
            return;
        }
        try {
            // The reader ends by itself a little after the time; a question to a dead server may keep it longer.
            TimeUnit.NANOSECONDS.timedJoin(reader, stop.nanosLeft() + GRACE_NANOS);
            if (reader.isAlive()) {
                cut();
            }
            leave();
        } catch (InterruptedException e) {
            cut();
            Thread.currentThread().interrupt();
        }
    }

    /**
     * How the stream is doing.
     *
     * @return the progress now
     */
    public EngineProgress progress() {
        EngineState now = state;
        boolean stopping = stop.isWished()
                && (now == EngineState.STREAMING || now == EngineState.STANDBY || now == EngineState.RECONNECTING);
        return new EngineProgress(
                stopping ? EngineState.STOPPING : now,
                positions.received(),
                positions.server(),
                sessions,
                now == EngineState.STREAMING ? streamingSince : null,
                retention == null ? null : retention.latest(),
                lastError,
                signals.lastGap(),
                serverWatch.failoverMissing());
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
                || state == EngineState.FAILED
                || isAny(
                        SubscriptionProgress.State.PAUSED,
                        SubscriptionProgress.State.STOPPED,
                        SubscriptionProgress.State.DETACHED);
    }

    private boolean isAny(SubscriptionProgress.State... states) {
        return bus.progress().stream().anyMatch(each -> List.of(states).contains(each.state()));
    }

    private void cut() {
        stop.abandon();
        sharedStream.abort();
        reader.interrupt();
    }

    /** On the subscription's thread: an error that nobody may swallow. */
    private void handlerFailed(Throwable error) {
        handlerError = error;
        stop.abandon();
        sharedStream.requestStop();
        bus.wakeReader();
    }

    private void run() {
        try {
            while (!stop.isWished()) {
                oneSession();
            }
            leave();
            Throwable error = handlerError;
            if (error != null) {
                fail(new RealtimeException(
                        "A handler threw an Error: the stream stops, nothing of it is confirmed", error));
            } else {
                state = EngineState.STOPPED;
                live.end(null);
                started.completeExceptionally(new RealtimeException("Stopped before it had started"));
            }
        } catch (RuntimeException | Error e) {
            bus.stopBeginning();
            bus.close();
            fail(e);
        } finally {
            serverWatch.end();
            signals.close();
        }
    }

    /** Opens the stream and reads it to its end; returns where another session may be tried, or a stop is wished. */
    private void oneSession() {
        long commitBefore = mark.transactions().lastCommit();
        long beginning = System.nanoTime();
        try {
            if (state == EngineState.STANDBY && sharedStream.isInUse()) {
                stop.pause(STANDBY_PAUSE);
                return;
            }
            sharedStream.session(started.isDone() ? settings.startTimeout() : attemptTimeLeft());
        } catch (RuntimeException e) {
            if (stop.isWished() && (started.isDone() || isInBackground())) {
                return;
            }
            lastError = e;
            if (mark.transactions().lastCommit() != commitBefore || System.nanoTime() - beginning > STEADY_NANOS) {
                reconnect.progressed();
            }
            if (settings.continuity().standsBy() && Reconnect.isSlotInUse(e)) {
                standBy(e);
                return;
            }
            boolean first = !started.isDone();
            if (!(first ? waitsAtStart(e) : reconnect.mayOvercome(e, positions.received()))) {
                throw e;
            }
            Duration pause = reconnect.pause(e);
            String news = reconnect.news(e);
            if (news != null) {
                LOG.warn("Slot {} does not stream, trying again: {}", capture.slot(), news);
            }
            if (state == EngineState.STREAMING) {
                state = EngineState.RECONNECTING;
            }
            stop.pause(first && !isInBackground() ? atMost(attemptTimeLeft(), pause) : pause);
        }
    }

    /** Another instance streams: this one takes over when it goes. */
    private void standBy(RuntimeException inUse) {
        if (state != EngineState.STANDBY) {
            LOG.info("Slot {}, standing by: {}", capture.slot(), inUse.getMessage());
        }
        state = EngineState.STANDBY;
        started.complete(null);
        stop.pause(STANDBY_PAUSE);
    }

    private boolean waitsAtStart(RuntimeException e) {
        return isInBackground()
                ? reconnect.mayComeAbout(e, positions.received())
                : Reconnect.mayWaitAtStart(e) && !attemptTimeLeft().isNegative();
    }

    private boolean isInBackground() {
        return settings.startup() == Startup.BACKGROUND;
    }

    private Duration attemptTimeLeft() {
        return isInBackground()
                ? settings.attemptTimeout()
                : Duration.ofNanos(attemptDeadlineNanos - System.nanoTime());
    }

    private static Duration atMost(Duration most, Duration duration) {
        return duration.compareTo(most) > 0 ? most : duration;
    }

    private void streaming() {
        boolean first = sessions == 0;
        if (first) {
            bus.start();
            if (retention != null) {
                retention.start();
            }
            serverWatch.start();
        }
        sessions++; // one writer: this thread
        streamingSince = Instant.now();
        state = EngineState.STREAMING;
        started.complete(null);
        LOG.info("Slot {} streams{}", capture.slot(), first ? "" : " again");
    }

    /** Without a session to confirm through: what handlers have begun they may finish all the same. */
    private void leave() {
        bus.stopBeginning();
        bus.close();
        catchUps.abort();
        if (!bus.awaitEnd(Math.max(stop.nanosLeft(), 0))) {
            LOG.warn(
                    "Subscriptions {} of slot {} did not end in time and are interrupted; what they were at comes again",
                    bus.interrupt(),
                    capture.slot());
        }
    }

    private void fail(Throwable error) {
        lastError = error;
        state = EngineState.FAILED;
        live.end(error);
        if (started.completeExceptionally(error) && !isInBackground()) {
            return; // the caller of start() is told
        }
        LOG.error("Slot {} cannot go on; it keeps what is not confirmed", capture.slot(), error);
    }
}
