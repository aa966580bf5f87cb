package dev.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import dev.realtime.error.ConfigurationException;
import dev.realtime.event.Overtime;
import dev.realtime.support.Eventually;
import dev.realtime.support.Item;
import dev.realtime.support.Streams;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;

/** Handlers that take longer than they should. */
@Execution(CONCURRENT)
class HandlerTimeoutIT {

    private static final Duration LIMIT = Duration.ofMillis(100);

    @RegisterExtension
    private final Streams streams = new Streams();

    private final CountDownLatch goOn = new CountDownLatch(1);
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger handled = new AtomicInteger();

    @BeforeEach
    void table() throws Exception {
        streams.execute("CREATE TABLE item " + Item.COLUMNS);
    }

    @AfterEach
    void letGo() {
        goOn.countDown();
    }

    @Test
    void one_that_takes_too_long_shows_in_the_status_and_is_neither_interrupted_nor_passed_over() throws Exception {
        Realtime realtime = streams.start(
                streams.items().handlerTimeout(LIMIT, Overtime.REPORT).on(Item.class, event -> {
                    calls.incrementAndGet();
                    goOn.await();
                    handled.incrementAndGet();
                }));
        streams.execute("INSERT INTO item VALUES (1, 1)");

        Eventually.equal(true, () -> only(realtime).overdueSince() != null);

        assertThat(only(realtime).failures()).isZero();
        goOn.countDown();
        Eventually.equal(1, handled::get);
        Eventually.equal(true, () -> only(realtime).overdueSince() == null);
        assertThat(calls).hasValue(1);
    }

    @Test
    void one_that_is_interrupted_has_failed_and_gets_its_event_again() throws Exception {
        AtomicBoolean first = new AtomicBoolean(true);
        Realtime realtime = streams.start(streams.items()
                .subscribe(
                        Item.class,
                        s -> s.handlerTimeout(LIMIT, Overtime.INTERRUPT).each(event -> {
                            calls.incrementAndGet();
                            if (first.getAndSet(false)) {
                                goOn.await();
                            }
                            handled.incrementAndGet();
                        })));

        streams.execute("INSERT INTO item VALUES (1, 1)");

        Eventually.equal(1, handled::get);
        assertThat(calls).hasValue(2);
        assertThat(only(realtime).lastError()).isInstanceOf(InterruptedException.class);
        assertThat(realtime.awaitCaughtUp(Duration.ofSeconds(30))).isTrue();
    }

    @Test
    void no_time_at_all_is_refused() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> streams.items().handlerTimeout(Duration.ZERO, Overtime.REPORT));
    }

    private static RealtimeStatus.Subscription only(Realtime realtime) {
        return realtime.status().subscriptions().get(0);
    }
}
