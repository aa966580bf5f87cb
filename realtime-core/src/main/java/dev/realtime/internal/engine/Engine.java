package dev.realtime.internal.engine;

import dev.realtime.error.ConnectException;
import dev.realtime.error.RealtimeException;
import dev.realtime.error.SetupException;
import dev.realtime.error.SetupProblem;
import dev.realtime.internal.ack.ConfirmedMark;
import dev.realtime.internal.bus.Bus;
import dev.realtime.internal.bus.BusListener;
import dev.realtime.internal.bus.CatchUpLeg;
import dev.realtime.internal.bus.SubscriptionProgress;
import dev.realtime.internal.connection.PostgresConnector;
import dev.realtime.internal.replication.ReplicationSession;
import dev.realtime.internal.replication.WalStream;
import dev.realtime.internal.setup.Database;
import dev.realtime.internal.setup.ServerSetup;
import dev.realtime.internal.setup.SlotState;
import dev.realtime.internal.setup.Survey;
import dev.realtime.setup.SetupMode;
import dev.realtime.wal.Lsn;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
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
    private static final Duration LONGEST_STOP = Duration.ofDays(365);
    private static final long STEADY_NANOS = Duration.ofSeconds(10).toNanos();

    private final EngineSettings settings;
    private final Capture capture;
    private final PostgresConnector connector;
    private final Database database;
    private final ConfirmedMark mark = new ConfirmedMark();
    private final Bus bus;
    private final Ways ways;
    private final CatchUps catchUps;
    private final Stop stop;
    private final Positions positions = new Positions();
    private final Thread reader;
    private final CompletableFuture<Void> started = new CompletableFuture<>();
    private final long startDeadlineNanos;
    /** When the reader stops trying: earlier than the caller stops waiting, so that it can still tell why. */
    private final long attemptDeadlineNanos;

    // Confined to the reader thread
    private final Reconnect reconnect = new Reconnect();
    private final Lineage lineage = new Lineage();
    private final Questions questions;
    private @Nullable Forward forward;
    private boolean slotIsNew;

    // Written by the reader thread, but for the error of a handler
    private volatile EngineState state = EngineState.STARTING;
    private volatile long sessions;
    private volatile @Nullable Instant streamingSince;
    private volatile @Nullable Throwable lastError;
    private volatile @Nullable Throwable handlerError;
    private volatile @Nullable ReplicationSession session;
    private volatile @Nullable WalStream stream;

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
        this.bus = new Bus(
                capture.slot(),
                capture.entities().size(),
                capture.subscriptions(),
                settings.queues(),
                mark,
                new BusListener() {
                    @Override
                    public void wantsToCatchUp(CatchUpLeg leg) {
                        catchUps.begin(leg, bus);
                    }

                    @Override
                    public void failed(Throwable error) {
                        handlerFailed(error);
                    }
                });
        this.stop = new Stop(bus);
        this.ways = new Ways(capture.types(), database);
        this.catchUps = new CatchUps(
                capture, () -> ReplicationSession.open(connector, settings.session()), ways, mark.transactions(), stop);
        long now = System.nanoTime();
        this.startDeadlineNanos = now + settings.startTimeout().toNanos();
        this.attemptDeadlineNanos = now + settings.attemptTimeout().toNanos();
        String readerName = "realtime-" + capture.slot() + "-reader";
        this.questions = new Questions(readerName, stop);
        this.reader = new Thread(this::run, readerName);
        this.reader.setDaemon(true);
    }

    /**
     * Checks the server, makes it ready, and opens the stream. To be called once.
     *
     * @throws RealtimeException where that is not possible, or not within the time
     */
    public void start() {
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
        Forward current = forward();
        WalStream waiting = stream;
        // The reader looks at the wish after it has opened a transaction: so either it leaves by itself, or there is
        // nothing open whose rest would be cut off here.
        if (waiting != null && (current == null || !current.isTransactionOpen())) {
            waiting.requestStop();
        }
        bus.wakeReader();
        if (bus.isHandlerThread()) {
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
        boolean stopping = stop.isWished() && (now == EngineState.STREAMING || now == EngineState.RECONNECTING);
        return new EngineProgress(
                stopping ? EngineState.STOPPING : now,
                positions.received(),
                positions.server(),
                sessions,
                now == EngineState.STREAMING ? streamingSince : null,
                lastError);
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

    private synchronized @Nullable Forward forward() {
        return forward;
    }

    private void cut() {
        stop.abandon();
        ReplicationSession open = session;
        if (open != null) {
            open.abort();
        }
        reader.interrupt();
    }

    /** On the subscription's thread: an error that nobody may swallow. */
    private void handlerFailed(Throwable error) {
        handlerError = error;
        stop.abandon();
        WalStream reading = stream;
        if (reading != null) {
            reading.requestStop();
        }
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
                started.completeExceptionally(new RealtimeException("Stopped before it had started"));
            }
        } catch (RuntimeException | Error e) {
            bus.stopBeginning();
            bus.close();
            fail(e);
        }
    }

    /** Opens the stream and reads it to its end; returns where another session may be tried, or a stop is wished. */
    private void oneSession() {
        long commitBefore = mark.transactions().lastCommit();
        long beginning = System.nanoTime();
        try {
            stream();
        } catch (RuntimeException e) {
            if (stop.isWished() && started.isDone()) {
                return;
            }
            lastError = e;
            if (mark.transactions().lastCommit() != commitBefore || System.nanoTime() - beginning > STEADY_NANOS) {
                reconnect.progressed();
            }
            boolean first = !started.isDone();
            if (first ? !waitsAtStart(e) : !reconnect.mayOvercome(e, positions.received())) {
                throw e;
            }
            Duration pause = reconnect.pause(e);
            if (reconnect.isNews(e)) {
                LOG.warn("Slot {} does not stream, trying again: {}", capture.slot(), e.getMessage());
            }
            if (state == EngineState.STREAMING) {
                state = EngineState.RECONNECTING;
            }
            stop.pause(first ? atMost(attemptTimeLeft(), pause) : pause);
        } finally {
            session = null;
            stream = null;
            questions.keepAlive(null);
            bus.flush(); // what was read before the connection broke need not wait for the next one
        }
    }

    private boolean waitsAtStart(RuntimeException e) {
        return Reconnect.mayWaitAtStart(e) && !attemptTimeLeft().isNegative();
    }

    private Duration attemptTimeLeft() {
        return Duration.ofNanos(attemptDeadlineNanos - System.nanoTime());
    }

    private static Duration atMost(Duration most, Duration duration) {
        return duration.compareTo(most) > 0 ? most : duration;
    }

    private void stream() {
        Survey survey = started.isDone() ? questions.ask(database::verifyForStream) : questions.ask(this::prepare);
        SlotState slot = Objects.requireNonNull(survey.slot(), "a complete survey has a slot");
        if (slot.active()) {
            throw ServerSetup.slotInUse(slot, null);
        }
        try (ReplicationSession opened = ReplicationSession.open(connector, settings.session())) {
            session = opened;
            if (started.isDone()) {
                Lsn received = Lsn.of(positions.received());
                lineage.check(opened.identity(), slot, Lsn.of(mark.position()), received);
            } else {
                mark.resume(lineage.begin(opened.identity(), slot).value());
            }
            Forward way = forward(survey);
            long horizon = slotIsNew ? 0 : opened.identity().walFlush().value();
            way.sessionStarted(opened.identity().systemIdentifier(), horizon);
            slotIsNew = false;
            WalStream records = opened.startStreaming(
                    capture.slot(), List.of(capture.request().publication()));
            try {
                stream = records;
                questions.keepAlive(records);
                streaming();
                ReadLoop loop = new ReadLoop(
                        records, way, bus, mark, stop, database, questions, positions, settings.detachAfter());
                loop.run();
                loop.finish();
            } catch (SetupException e) {
                if (e.problem() == SetupProblem.PUBLICATION_MISSING) {
                    questions.ask(database::verifyForStream); // says more where it is still missing
                }
                throw e;
            } finally {
                records.close(() -> database.isConfirmed(records.confirmed()));
            }
        }
    }

    private Survey prepare() {
        Survey found = database.survey();
        slotIsNew = found.slot() == null;
        if (!found.isComplete() && settings.setupMode() == SetupMode.APPLY) {
            // Nothing is created on a server that will not let us stream: a slot would keep its log for nobody.
            ReplicationSession.open(connector, settings.session()).close();
        }
        Survey prepared = database.prepare(settings.setupMode(), attemptTimeLeft());
        prepared.notices().forEach(notice -> LOG.warn("Slot {}: {}", capture.slot(), notice));
        return prepared;
    }

    private synchronized Forward forward(Survey survey) {
        Forward way = forward;
        if (way == null) {
            ways.found(capture.registered(survey));
            // What is confirmed was handled: a server that crashed may have forgotten it, and send it again.
            way = ways.forward(bus, mark.transactions(), mark.position(), questions);
            forward = way;
        }
        return way;
    }

    private void streaming() {
        boolean first = !started.isDone();
        if (first) {
            bus.start();
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
        if (started.completeExceptionally(error)) {
            return; // the caller of start() is told
        }
        LOG.error("Slot {} cannot go on; it keeps what is not confirmed", capture.slot(), error);
    }
}
