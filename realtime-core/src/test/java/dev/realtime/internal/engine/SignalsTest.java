package dev.realtime.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.realtime.error.RealtimeException;
import dev.realtime.event.Signal;
import dev.realtime.event.SignalHandler;
import dev.realtime.event.Started;
import dev.realtime.wal.Lsn;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class SignalsTest {

    private final List<Lsn> told = new ArrayList<>();
    private Signals signals = signals(signal -> {});

    private static Signals signals(SignalHandler<Signal> handler) {
        return new Signals("test", List.of(handler));
    }

    private static Started started(long position) {
        return new Started("test", Lsn.of(position), false);
    }

    @AfterEach
    void close() {
        signals.close();
    }

    @Test
    void each_signal_is_told_before_who_tells_it_goes_on() {
        signals = signals(signal -> told.add(((Started) signal).from()));
        signals.tell(started(1));
        assertThat(told).containsExactly(Lsn.of(1));
        signals.tell(started(2));
        assertThat(told).containsExactly(Lsn.of(1), Lsn.of(2));
    }

    @Test
    void an_interrupt_that_a_handler_leaves_behind_does_not_keep_the_next_signal() {
        signals = signals(signal -> {
            told.add(((Started) signal).from());
            Thread.currentThread().interrupt();
        });
        signals.tell(started(1));
        signals.tell(started(2));
        assertThat(told).containsExactly(Lsn.of(1), Lsn.of(2));
    }

    @ParameterizedTest
    @ValueSource(classes = {InterruptedException.class, IllegalStateException.class, LinkageError.class})
    void whatever_a_handler_throws_is_told_to_who_waits_and_the_next_signal_is_told(Class<? extends Throwable> kind) {
        signals = signals(signal -> {
            told.add(((Started) signal).from());
            if (told.size() == 1) {
                SignalsTest.<Exception>fail(kind);
            }
        });
        assertThatThrownBy(() -> signals.tell(started(1)))
                .isInstanceOf(RealtimeException.class)
                .hasCauseInstanceOf(kind);
        signals.tell(started(2));
        assertThat(told).containsExactly(Lsn.of(1), Lsn.of(2));
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> void fail(Class<? extends Throwable> kind) throws E {
        try {
            throw (E) kind.getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void who_waits_for_a_signal_that_is_never_told_is_let_go_at_the_end() throws Exception {
        CountDownLatch atWork = new CountDownLatch(1);
        signals = signals(signal -> {
            atWork.countDown();
            new CountDownLatch(1).await();
        });
        CompletableFuture<Void> first = CompletableFuture.runAsync(() -> signals.tell(started(1)));
        atWork.await();
        CompletableFuture<Void> second = CompletableFuture.runAsync(() -> signals.tell(started(2)));
        signals.close();
        assertThatThrownBy(() -> first.get(30, TimeUnit.SECONDS)).hasRootCauseInstanceOf(InterruptedException.class);
        second.handle((done, failure) -> null).get(30, TimeUnit.SECONDS);
        signals.tell(started(3));
    }
}
