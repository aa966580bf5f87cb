package dev.realtime.internal.engine;

import dev.realtime.error.ConnectException;
import dev.realtime.error.RealtimeException;
import dev.realtime.internal.ack.ConfirmedMark;
import dev.realtime.internal.bus.Bus;
import dev.realtime.internal.bus.CatchUpLeg;
import dev.realtime.internal.live.LiveStreams;
import dev.realtime.setup.Startup;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The reader thread: one session after the other, until a stop is wished or what is wrong cannot be overcome. Thread-safe
 * where a method does not say otherwise.
 */
final class Reader {

    private static final Logger LOG = LoggerFactory.getLogger(Reader.class);
    private static final long GRACE_NANOS = Duration.ofSeconds(2).toNanos();
    private static final Duration STANDBY_PAUSE = Duration.ofMillis(500);
    private static final long STEADY_NANOS = Duration.ofSeconds(10).toNanos();

    private final EngineParts parts;
    private final EngineSettings settings;
    private final String slot;
    private final Bus bus;
    private final ConfirmedMark mark;
    private final Stop stop;
    private final LiveStreams live;
    private final SharedStream sharedStream;
    private final CatchUps catchUps;
    private final Thread thread;
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
     * @param parts what the engine is made of
     * @param ways leads changes to the subscriptions
     * @param live the live subscriptions, which end with the stream
     */
    Reader(EngineParts parts, Ways ways, LiveStreams live) {
        this.parts = parts;
        this.settings = parts.settings();
        this.slot = parts.capture().slot();
        this.bus = parts.bus();
        this.mark = parts.mark();
        this.stop = parts.stop();
        this.live = live;
        long now = System.nanoTime();
        this.startDeadlineNanos = now + settings.startTimeout().toNanos();
        this.attemptDeadlineNanos = now + settings.attemptTimeout().toNanos();
        this.sharedStream = new SharedStream(parts, ways, this::streaming);
        this.catchUps = new CatchUps(parts, ways, sharedStream::slotOnServer);
        this.thread = new Thread(this::run, nameFor(slot));
        this.thread.setDaemon(true);
    }

    /** What the thread is named, and after it those that ask on its behalf. */
    static String nameFor(String slot) {
        return "realtime-" + slot + "-reader";
    }

    // Anyone's side

    /**
     * Begins to read, and returns when the stream is open or another instance's is stood by; at once where that is to be
     * in the background.
     *
     * @throws RealtimeException why it is not open, or not within the time
     */
    void start() {
        if (isInBackground()) {
            LOG.info(
                    "Slot {} on {} starts in the background",
                    slot,
                    parts.connector().describe());
            thread.start();
            return;
        }
        thread.start();
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
                    "Slot " + slot + " on " + parts.connector().describe() + " did not stream within "
                            + settings.startTimeout().toMillis() + " ms (startTimeout)"
                            + (error == null ? "" : ": " + error.getMessage()),
                    null,
                    error);
        } catch (InterruptedException e) {
            cut();
            Thread.currentThread().interrupt();
            throw new RealtimeException("Interrupted while slot " + slot + " was about to stream", e);
        }
    }

    private void cut() {
        stop.abandon();
        sharedStream.abort();
        thread.interrupt();
    }

    /** On a subscription's thread: an error that nobody may swallow. */
    void handlerFailed(Throwable error) {
        handlerError = error;
        stop.abandon();
        sharedStream.requestStop();
        bus.wakeReader();
    }

    /** On the thread of a subscription that has left the shared stream and can go on. */
    void catchUp(CatchUpLeg leg) {
        catchUps.begin(leg);
    }

    /** No transaction is begun any more; the reader ends when it can. */
    void stopReading() {
        bus.stopBeginning();
        sharedStream.requestStopBetweenTransactions();
        bus.wakeReader();
    }

    /** Waits until it has ended: as long as a stop may take, and then not much longer. */
    void awaitEnd() {
        try {
            // The reader ends by itself a little after the time; a question to a dead server may keep it longer.
            TimeUnit.NANOSECONDS.timedJoin(thread, stop.nanosLeft() + GRACE_NANOS);
            if (thread.isAlive()) {
                cut();
            }
            leave();
        } catch (InterruptedException e) {
            cut();
            Thread.currentThread().interrupt();
        }
    }

    EngineState state() {
        return state;
    }

    EngineProgress progress() {
        EngineState now = state;
        boolean stopping = stop.isWished()
                && (now == EngineState.STREAMING || now == EngineState.STANDBY || now == EngineState.RECONNECTING);
        return new EngineProgress(
                stopping ? EngineState.STOPPING : now,
                parts.positions().received(),
                parts.positions().server(),
                sessions,
                now == EngineState.STREAMING ? streamingSince : null,
                parts.watch().retained(),
                lastError,
                parts.signals().lastGap(),
                parts.watch().failoverMissing());
    }

    // On the reader thread

    private void run() {
        try {
            while (!stop.isWished()) {
                oneSession();
            }
            leave();
            Throwable error = handlerError;
            if (error != null) {
                fail(new RealtimeException(
                        "A handler, or what leads to it, threw an Error: the stream stops, nothing of it is confirmed",
                        error));
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
            parts.watch().end();
            parts.signals().close();
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
            if (settings.continuity().standsBy() && (Reconnect.isOwnedByAnother(e) || sharedStream.isDisplaced())) {
                standBy(e);
                return;
            }
            boolean first = !started.isDone();
            if (!(first
                    ? waitsAtStart(e)
                    : reconnect.mayOvercome(e, parts.positions().received()))) {
                throw e;
            }
            Duration pause = reconnect.pause(e);
            String news = reconnect.news(e);
            if (news != null) {
                LOG.warn("Slot {} does not stream, trying again: {}", slot, news);
            }
            if (state == EngineState.STREAMING) {
                state = EngineState.RECONNECTING;
            }
            stop.pause(first && !isInBackground() ? atMost(attemptTimeLeft(), pause) : pause);
        }
    }

    /** Another instance streams: this one takes over when it goes. */
    private void standBy(RuntimeException why) {
        String news = reconnect.news(why);
        if (state != EngineState.STANDBY || news != null) {
            LOG.info("Slot {}, standing by: {}", slot, why.getMessage());
        }
        state = EngineState.STANDBY;
        started.complete(null);
        stop.pause(STANDBY_PAUSE);
    }

    private boolean waitsAtStart(RuntimeException e) {
        return isInBackground()
                ? reconnect.mayComeAbout(e, parts.positions().received())
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
            parts.watch().start();
        }
        sessions++; // one writer: this thread
        streamingSince = Instant.now();
        state = EngineState.STREAMING;
        started.complete(null);
        LOG.info("Slot {} streams{}", slot, first ? "" : " again");
    }

    /** On any thread. Without a session to confirm through: what handlers have begun they may finish all the same. */
    private void leave() {
        bus.stopBeginning();
        bus.close();
        catchUps.abort();
        if (!bus.awaitEnd(Math.max(stop.nanosLeft(), 0))) {
            LOG.warn(
                    "Subscriptions {} of slot {} did not end in time and are interrupted; what they were at comes again",
                    bus.interrupt(),
                    slot);
        }
    }

    private void fail(Throwable error) {
        lastError = error;
        state = EngineState.FAILED;
        live.end(error);
        if (started.completeExceptionally(error) && !isInBackground()) {
            return; // the caller of start() is told
        }
        LOG.error("Slot {} cannot go on; it keeps what is not confirmed", slot, error);
    }
}
