package dev.realtime.internal.live;

import static dev.realtime.internal.live.Page.inWords;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.realtime.error.LaggedException;
import dev.realtime.event.LiveCounts;
import dev.realtime.event.LiveItem;
import dev.realtime.event.Overflow;
import dev.realtime.event.Undecodable;
import dev.realtime.internal.binding.BoundChange;
import dev.realtime.internal.pgoutput.MessageBytes;
import dev.realtime.support.Probe;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of changes that a live subscriber is too slow for. */
class OverflowTest {

    private final Page.Table table = new Page.Table('f');
    private final Streams streams = new Streams();

    @AfterEach
    void everything_ends() {
        streams.close();
    }

    private BoundChange<?>[] inserts(int from, int to) {
        return IntStream.rangeClosed(from, to)
                .mapToObj(i -> table.insert("k" + i, "t"))
                .toArray(BoundChange<?>[]::new);
    }

    @Test
    void what_is_asked_for_in_time_comes_whatever_the_policy() throws Exception {
        for (Overflow overflow : List.of(
                Overflow.dropOldest(2), Overflow.dropNewest(2), Overflow.coalesceById(2), Overflow.disconnect(2))) {
            Probe<Page> probe = streams.subscribe(overflow);
            streams.publish(inserts(1, 2));
            assertThat(inWords(probe.take(2))).isEqualTo("insert k1=t; insert k2=t");
            streams.publish(inserts(3, 3));
            assertThat(inWords(probe.take(1))).isEqualTo("insert k3=t");
            assertThat(probe.counts()).isEqualTo(new LiveCounts(3, 3, 0, 0));
            probe.subscription().cancel();
        }
    }

    @Test
    void drop_oldest_keeps_the_newest_and_says_what_is_missing_before_them() throws Exception {
        Probe<Page> probe = streams.subscribe(Overflow.dropOldest(3));
        streams.publish(inserts(1, 5));
        streams.publish(inserts(6, 8));
        assertThat(probe.counts()).isEqualTo(new LiveCounts(8, 0, 5, 3));

        assertThat(inWords(probe.take(2))).isEqualTo("lagged 5; insert k6=t");
        streams.publish(inserts(9, 10));
        assertThat(probe.counts()).isEqualTo(new LiveCounts(10, 1, 5, 4));
        // The one that was asked for beside word of the loss is not lost any more.
        assertThat(inWords(probe.take(4))).isEqualTo("insert k7=t; insert k8=t; insert k9=t; insert k10=t");
        assertThat(probe.counts()).isEqualTo(new LiveCounts(10, 5, 5, 0));
    }

    @Test
    void word_of_a_loss_that_used_up_the_demand_is_followed_by_the_change_it_stands_before() throws Exception {
        Probe<Page> probe = streams.subscribe(Overflow.dropOldest(1));
        streams.publish(inserts(1, 3));
        assertThat(inWords(probe.take(1))).isEqualTo("lagged 2");
        streams.publish(inserts(4, 9));
        assertThat(inWords(probe.take(3))).isEqualTo("insert k3=t; lagged 5; insert k9=t");
    }

    @Test
    void drop_newest_keeps_the_oldest_and_says_what_is_missing_behind_them() throws Exception {
        Probe<Page> probe = streams.subscribe(Overflow.dropNewest(3));
        streams.publish(inserts(1, 5));
        assertThat(probe.counts()).isEqualTo(new LiveCounts(5, 0, 2, 3));
        assertThat(inWords(probe.take(1))).isEqualTo("insert k1=t");
        streams.publish(inserts(6, 7));

        assertThat(inWords(probe.take(5))).isEqualTo("insert k2=t; insert k3=t; lagged 2; insert k6=t; lagged 1");
        streams.publish(inserts(8, 8));
        assertThat(inWords(probe.take(1))).isEqualTo("insert k8=t");
        assertThat(probe.counts()).isEqualTo(new LiveCounts(8, 5, 3, 0));
    }

    @Test
    void a_loss_at_the_end_of_the_queue_is_told_without_waiting_for_the_next_change() throws Exception {
        Probe<Page> probe = streams.subscribe(Overflow.dropNewest(1));
        streams.publish(inserts(1, 4));

        assertThat(inWords(probe.take(2))).isEqualTo("insert k1=t; lagged 3");
    }

    @Test
    void disconnect_ends_the_subscription_and_names_what_was_missed() throws Exception {
        Probe<Page> probe = streams.subscribe(Overflow.disconnect(3));
        streams.publish(inserts(1, 3));
        assertThat(probe.take(1)).hasSize(1);
        streams.publish(inserts(4, 5));

        Throwable error = probe.awaitError();
        assertThat(error)
                .isInstanceOf(LaggedException.class)
                .hasMessageContaining("Page")
                .hasMessageContaining("DISCONNECT(3)")
                .hasMessageContaining("4 changes were not delivered, the last of them Page 0/96:0");
        assertThat(((LaggedException) error).missed()).isEqualTo(4);
        assertThat(probe.counts()).isEqualTo(new LiveCounts(5, 1, 4, 0));
        assertThat(probe.isServedByTheRules()).isTrue();
    }

    @Test
    void coalescing_keeps_the_last_change_of_each_id_at_its_own_place() throws Exception {
        Probe<Page> probe = streams.subscribe(Overflow.coalesceById(10));
        streams.publish(
                table.insert("a", "1"),
                table.insert("b", "1"),
                table.update("a", "1", "a", "2"),
                table.update("a", "2", "a", "3"));
        assertThat(probe.counts()).isEqualTo(new LiveCounts(4, 0, 2, 2));

        assertThat(inWords(probe.take(2))).isEqualTo("insert b=1 (1); update a=3 (1)");
        assertThat(probe.counts()).isEqualTo(new LiveCounts(4, 2, 2, 0));
    }

    @Test
    void an_update_that_stands_for_itself_alone_says_what_it_changed() throws Exception {
        Probe<Page> probe = streams.subscribe(Overflow.coalesceById(10));
        streams.publish(table.update("a", "1", "a", "2"));
        assertThat(inWords(probe.take(1))).isEqualTo("update a=2 was 1 changing [title, text]");
        streams.publish(table.update("a", "2", "a", "3"));
        assertThat(inWords(probe.take(1))).isEqualTo("update a=3 was 2 changing [title, text]");
        streams.publish(table.update("a", "3", "a", "4"), table.update("a", "4", "a", "5"));
        assertThat(inWords(probe.take(1))).isEqualTo("update a=5 (1)");
    }

    @Test
    void a_change_that_came_while_another_was_passed_over_says_nothing_of_the_time_before() throws Exception {
        Probe<Page> probe = streams.subscribe(Overflow.coalesceById(10));
        streams.publish(table.insert("a", "1"), table.insert("b", "1"));
        streams.publish(table.update("a", "1", "a", "2"));
        assertThat(inWords(probe.take(1))).isEqualTo("insert b=1 (1)");
        // Its place is behind that of the insert of a, which it never saw.
        assertThat(inWords(probe.take(1))).isEqualTo("update a=2");

        streams.publish(table.update("a", "2", "a", "3"), table.update("b", "1", "b", "2"));
        assertThat(inWords(probe.take(1))).isEqualTo("update a=3 was 2 changing [title, text]");
        streams.publish(table.update("a", "3", "a", "4"));
        assertThat(inWords(probe.take(2)))
                .isEqualTo("update b=2 was 1 changing [title, text]; update a=4 was 3 changing [title, text]");
    }

    @Test
    void a_delete_takes_the_place_of_all_before_it_and_does_not_say_what_it_was() throws Exception {
        Probe<Page> probe = streams.subscribe(Overflow.coalesceById(10));
        streams.publish(table.insert("a", "1"), table.update("a", "1", "a", "2"), table.delete("a", "2"));
        assertThat(inWords(probe.take(1))).isEqualTo("delete a (2)");
        streams.publish(table.delete("b", "7"));
        assertThat(inWords(probe.take(1))).isEqualTo("delete b was 7");
    }

    @Test
    void an_insert_takes_the_place_of_a_delete() throws Exception {
        Probe<Page> probe = streams.subscribe(Overflow.coalesceById(10));
        streams.publish(table.delete("a", "1"), table.insert("a", "2"), table.update("a", "2", "a", "3"));
        assertThat(inWords(probe.take(1))).isEqualTo("update a=3 (2)");
    }

    @Test
    void a_change_of_the_id_always_comes() throws Exception {
        Probe<Page> probe = streams.subscribe(Overflow.coalesceById(10));
        streams.publish(
                table.update("a", "1", "a", "2"),
                table.delete("b", "9"),
                table.update("a", "2", "b", "2"),
                table.update("b", "2", "b", "3"),
                table.update("b", "3", "b", "4"),
                table.insert("a", "5"));

        assertThat(inWords(probe.take(3))).isEqualTo("update b=2 from a (2); update b=4 (1); insert a=5");
    }

    @Test
    void a_truncate_takes_the_place_of_everything_that_waits() throws Exception {
        Probe<Page> probe = streams.subscribe(Overflow.coalesceById(10));
        streams.publish(
                table.insert("a", "1"),
                table.update("b", "1", "c", "1"),
                table.truncate(),
                table.insert("a", "2"),
                table.truncate(),
                table.insert("b", "3"));

        assertThat(inWords(probe.take(2))).isEqualTo("truncate (4); insert b=3");
    }

    @Test
    void a_change_that_knows_less_does_not_take_the_place_of_one_that_knows_more() throws Exception {
        String unchanged = MessageBytes.UNCHANGED;
        Probe<Page> probe = streams.subscribe(Overflow.coalesceById(10));
        streams.publish(
                table.update("a", "1", "large"), table.update("a", "2", unchanged), table.update("a", "3", unchanged));
        assertThat(inWords(probe.take(2))).isEqualTo("update a=1; update a=3 without [text] (1)");

        streams.publish(
                table.update("a", "4", "large"), table.update("a", "5", unchanged), table.update("a", "6", "larger"));
        assertThat(inWords(probe.take(1))).isEqualTo("update a=6 (2)");
    }

    @Test
    void more_entities_than_may_wait_are_a_loss_of_the_oldest() throws Exception {
        Probe<Page> small = streams.subscribe(Overflow.coalesceById(2));
        Probe<Page> large = streams.subscribe(Overflow.coalesceById(4));
        streams.publish(inserts(1, 3));
        streams.publish(table.update("k1", "t", "k1", "u"));
        streams.publish(inserts(4, 5));
        assertThat(small.counts()).isEqualTo(new LiveCounts(6, 0, 4, 2));
        assertThat(large.counts()).isEqualTo(new LiveCounts(6, 0, 2, 4));

        assertThat(inWords(small.take(3))).isEqualTo("lagged 4; insert k4=t; insert k5=t");
        assertThat(inWords(large.take(5))).isEqualTo("lagged 2; insert k3=t; update k1=u; insert k4=t; insert k5=t");
    }

    @Test
    void a_row_that_cannot_be_decoded_is_told_and_the_stream_goes_on() throws Exception {
        Probe<Page> probe = streams.subscribe(Overflow.dropOldest(10));
        streams.publish(table.insert("a", "1"), table.insert("b", "poison"), table.insert("c", "3"));

        List<LiveItem<Page>> items = probe.take(3);
        assertThat(inWords(items)).isEqualTo("insert a=1; undecodable; insert c=3");
        Undecodable<Page> undecodable = (Undecodable<Page>) items.get(1);
        assertThat(undecodable).hasToString("INSERT Page 0/78:0 could not be decoded");
        assertThat(undecodable.error()).hasMessage("planted");
        assertThat(probe.counts()).isEqualTo(new LiveCounts(3, 3, 0, 0));
    }

    @Test
    void little_memory_bounds_every_policy_and_nothing_of_that_is_silent() throws Exception {
        try (Streams narrow = new Streams(new Memory(32_000))) {
            Probe<Page> oldest = narrow.subscribe(Overflow.dropNewest(100_000));
            Probe<Page> newest = narrow.subscribe(Overflow.dropOldest(100_000));
            Probe<Page> latest = narrow.subscribe(Overflow.coalesceById(100_000));
            for (int i = 0; i < 1000; i++) {
                narrow.publish(inserts(i, i));
            }
            for (Probe<Page> probe : List.of(oldest, newest, latest)) {
                LiveCounts counts = probe.counts();
                assertThat(counts.published()).isEqualTo(1000);
                assertThat(counts.queued()).isBetween(1L, 40L);
                assertThat(probe.take(1)).hasSize(1);
            }
        }
    }

    @Test
    void a_capacity_is_at_least_one() {
        assertThatIllegalArgumentException().isThrownBy(() -> Overflow.dropOldest(0));
    }
}
