package dev.realtime.internal.bus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.event.Overtime;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RunningCallsTest {

    private final AtomicInteger told = new AtomicInteger();

    private static RunningCalls calls(Duration after, Overtime then) {
        return new RunningCalls("mailer", new HandlerTimeout(after, then));
    }

    private String what() {
        told.incrementAndGet();
        return "an event";
    }

    @AfterEach
    void noInterruptIsLeft() {
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void a_call_that_takes_too_long_is_told_once_and_shows_until_it_ends() {
        RunningCalls calls = calls(Duration.ofNanos(1), Overtime.REPORT);
        Instant before = Instant.now();
        RunningCalls.Running call = calls.begin(this::what);
        assertThat(calls.overdueSince()).as("nobody has looked yet").isNull();

        calls.check();
        calls.check();

        assertThat(told).hasValue(1);
        assertThat(calls.overdueSince()).isBetween(before.minusSeconds(1), Instant.now());
        call.close();
        assertThat(calls.overdueSince()).isNull();
        calls.check();
        assertThat(told).hasValue(1);
    }

    @Test
    void a_call_within_its_time_is_of_no_account() {
        RunningCalls calls = calls(Duration.ofHours(1), Overtime.INTERRUPT);
        try (RunningCalls.Running call = calls.begin(this::what)) {
            calls.check();

            assertThat(call).isNotNull();
            assertThat(told).hasValue(0);
            assertThat(calls.overdueSince()).isNull();
        }
    }

    @Test
    void an_interrupt_hits_the_call_alone_and_once() {
        RunningCalls calls = calls(Duration.ofNanos(1), Overtime.INTERRUPT);
        RunningCalls.Running call = calls.begin(this::what);

        calls.check();

        assertThat(Thread.interrupted()).isTrue();
        calls.check();
        assertThat(Thread.interrupted()).as("a second time").isFalse();
        call.close();
        calls.check();
        assertThat(Thread.interrupted()).as("when it has ended").isFalse();
    }

    @Test
    void without_a_limit_nobody_looks() {
        RunningCalls calls = new RunningCalls("mailer", null);
        RunningCalls.Running call = calls.begin(this::what);
        calls.check();
        call.close();

        assertThat(told).hasValue(0);
        assertThat(calls.tickNanos()).isEqualTo(Long.MAX_VALUE);
    }
}
