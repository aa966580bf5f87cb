package dev.realtime.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RecordPaceTest {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final long MB = 1L << 20;
    private static final long START = 5L << 32;

    /** What a record and the server's answer to it add to the log. */
    private static final long OWN_BYTES = 8 << 10;

    private final RecordPace pace = new RecordPace(0);
    private long now;
    private long log = START;
    private long offers;
    private int records;

    RecordPaceTest() {
        pace.begin(START);
    }

    /** An idle stream that confirms all there is, a hundred times a second, beside a server that writes by itself. */
    private void idle(Duration time, long bytesPerSecond) {
        for (long end = now + time.toNanos(); now < end; now += SECOND / 100) {
            log += bytesPerSecond / 100;
            if (pace.nanosToDue(log, offers, now) <= 0) {
                record(log, true);
            }
        }
    }

    private void record(long position, boolean idle) {
        pace.tried(now);
        log += OWN_BYTES / 2;
        pace.wrote(position, log);
        log += OWN_BYTES / 2;
        pace.done(offers, idle);
        records++;
    }

    @Test
    void an_idle_advance_is_recorded_every_ten_seconds_at_most() {
        idle(Duration.ofMinutes(10), 64 << 10);

        assertThat(records).isBetween(59, 60);
    }

    @Test
    void an_idle_advance_of_more_than_sixteen_megabytes_is_recorded_before() {
        idle(Duration.ofMinutes(1), 4 * MB);

        // The sixteen are full after four seconds each.
        assertThat(records).isBetween(14, 15);
    }

    @Test
    void however_busy_the_server_is_nothing_is_recorded_more_often_than_twice_a_second() {
        idle(Duration.ofMinutes(1), 400 * MB);

        assertThat(records).isBetween(100, 120);
    }

    @Test
    void what_a_record_adds_to_the_log_is_not_recorded() {
        idle(Duration.ofSeconds(30), MB);
        int before = records;

        idle(Duration.ofHours(24), 0);

        assertThat(records - before).as("of what was written before").isLessThanOrEqualTo(1);
    }

    @Test
    void what_the_server_writes_in_answer_is_not_recorded() {
        record(log, true);
        log += 64 << 10;
        log -= OWN_BYTES;

        assertThat(pace.nanosToDue(log, offers, now)).isEqualTo(Long.MAX_VALUE);
        log += OWN_BYTES;
        assertThat(pace.nanosToDue(log, offers, now)).isEqualTo(10 * SECOND);
    }

    @Test
    void work_is_recorded_within_half_a_second_until_all_of_it_is_finished() {
        offers++;
        assertThat(pace.nanosToDue(log, offers, now)).isEqualTo(SECOND / 2);
        record(log, false);

        assertThat(pace.nanosToDue(log, offers, now))
                .as("something is still at work")
                .isEqualTo(SECOND / 2);
        record(log, true);

        assertThat(pace.nanosToDue(log, offers, now)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void a_record_that_fails_is_tried_again_no_sooner() {
        offers++;
        now += SECOND;
        assertThat(pace.nanosToDue(log, offers, now)).isNegative();

        pace.tried(now);

        assertThat(pace.recorded()).isEqualTo(START);
        assertThat(pace.nanosToDue(log, offers, now)).isEqualTo(SECOND / 2);
    }

    @Test
    void positions_are_unsigned() {
        pace.begin(Long.MAX_VALUE - MB);
        log = Long.MAX_VALUE - MB;

        idle(Duration.ofMinutes(1), MB);

        assertThat(log).isNegative();
        assertThat(records).isBetween(5, 6);
        assertThat(pace.nanosToDue(Long.MIN_VALUE - 2 * MB, offers, now))
                .as("before what is recorded")
                .isEqualTo(Long.MAX_VALUE);
    }
}
