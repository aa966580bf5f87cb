package dev.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.realtime.RealtimeStatus.State;
import dev.realtime.RealtimeStatus.SubscriptionState;
import dev.realtime.error.GapException;
import dev.realtime.event.Gap;
import dev.realtime.support.Eventually;
import dev.realtime.support.Item;
import dev.realtime.support.Journal;
import dev.realtime.support.Streams;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is stored of one subscription is gone or another server's: it stops alone, and that is told. */
class LostPositionIT {

    @RegisterExtension
    private final Streams streams = new Streams();

    private final Journal lost = new Journal();
    private final Journal sound = new Journal();
    /** Where the server's log was before the last row. */
    private String before;

    @BeforeEach
    void table() throws Exception {
        streams.execute("CREATE TABLE item " + Item.COLUMNS);
    }

    @ParameterizedTest
    @CsvSource({
        "UPDATE realtime_offset SET system_id = '1' WHERE name = 'lost', OTHER_SERVER",
        "DELETE FROM realtime_offset WHERE name = 'lost', POSITION_LOST",
    })
    void between_two_runs_it_is_told_at_the_start_and_others_go_on(String meanwhile, String reason) throws Exception {
        try (Realtime first = both().start()) {
            insert(1);
            lost.await("Started", "1");
            Eventually.equal(List.of("1"), sound::entries);
            assertThat(first.status().gap()).isNull();
        }
        streams.execute(meanwhile);
        String place = stored("lost");

        try (Realtime realtime = both().start()) {
            insert(2);
            assertStandsStill(realtime, place, "1", "2");
            assertThat(lost.entries().stream().filter(told -> !told.equals("Started")))
                    .containsExactly("1", reason);
            assertThatThrownBy(() -> realtime.resume("lost")).isInstanceOf(GapException.class);
        }
        streams.execute(
                "DELETE FROM realtime_offset WHERE name = 'lost'",
                "DELETE FROM realtime_offset_covered WHERE name = 'lost'");
        streams.start(both());

        Eventually.equal(true, () -> lost.entries().contains("2"));
        assertThat(lost.entries().stream().filter(told -> !told.equals("Started")))
                .as("its place was held")
                .containsExactly("1", reason, "2");
    }

    @ParameterizedTest
    @CsvSource({
        "UPDATE realtime_offset SET system_id = '1' WHERE name = 'lost', OTHER_SERVER",
        "DELETE FROM realtime_offset WHERE name = 'lost', POSITION_LOST",
        "DELETE FROM realtime_offset_covered WHERE name = 'lost', POSITION_LOST",
    })
    void under_the_stream_it_is_told_before_anything_else_of_it_and_others_go_on(String meanwhile, String reason)
            throws Exception {
        Realtime realtime = streams.start(both());
        insert(1);
        lost.await("Started", "1");
        Eventually.equal(List.of("1"), sound::entries);
        Eventually.equal(true, this::isRecorded);
        streams.execute(meanwhile);

        insert(2);
        Eventually.equal(reason, () -> lost.entries().get(lost.entries().size() - 1));
        List<String> told = lost.entries();
        String place = stored("lost");
        insert(3);

        assertStandsStill(realtime, place, "1", "2", "3");
        assertThat(lost.entries()).isEqualTo(told);
        assertThatThrownBy(() -> realtime.resume("lost")).isInstanceOf(GapException.class);
    }

    @Test
    void a_subscription_that_is_refused_for_a_gap_moves_no_stored_position_until_it_is_resumed() throws Exception {
        both().start().close();
        try (Realtime without = only().start()) {
            insert(1);
            Eventually.equal(true, this::isRecorded);
            assertThat(without.status().state()).isEqualTo(State.STREAMING);
        }
        String place = stored("lost");

        Realtime realtime = streams.start(both());
        insert(2);
        assertStandsStill(realtime, place, "1", "2");
        realtime.resume("lost");
        insert(3);

        Eventually.equal(true, () -> lost.entries().contains("3"));
        Eventually.equal(false, () -> place.equals(stored("lost")));
    }

    private void assertStandsStill(Realtime realtime, String place, String... handled) throws Exception {
        Eventually.equal(List.of(handled), sound::entries);
        Eventually.equal(true, this::isRecorded);
        assertThat(realtime.status().state()).isEqualTo(State.STREAMING);
        RealtimeStatus.Subscription one = realtime.status().subscriptions().get(1);
        assertThat(one.name()).isEqualTo("lost");
        assertThat(one.state()).isEqualTo(SubscriptionState.STOPPED);
        assertThat(one.lastError()).isInstanceOf(GapException.class);
        assertThat(lost.signals(Gap.class)).hasSize(1).allMatch(gap -> "lost".equals(gap.subscription()));
        assertThat(stored("lost")).isEqualTo(place);
    }

    private String stored(String name) throws Exception {
        return streams.database()
                .value("SELECT commit_lsn || ' ' || ordinal FROM realtime_offset WHERE name = '" + name + "'");
    }

    private void insert(int id) throws Exception {
        before = streams.database().value("SELECT pg_current_wal_insert_lsn()");
        streams.execute("INSERT INTO item VALUES (" + id + ", 1)");
    }

    /** Whether the place of the sound one is stored behind the last row. */
    private boolean isRecorded() throws Exception {
        return "t"
                .equals(streams.database()
                        .value("SELECT commit_lsn > '" + before + "' FROM realtime_offset WHERE name = 'sound'"));
    }

    private RealtimeBuilder only() {
        return streams.items()
                .offsets()
                .subscribe(Item.class, s -> s.named("sound").each(sound::event));
    }

    private RealtimeBuilder both() {
        return only().subscribe(Item.class, s -> s.named("lost").each(lost::event))
                .onSignal(lost::signal);
    }
}
