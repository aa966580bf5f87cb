package dev.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.RealtimeStatus.State;
import dev.realtime.event.Gap.Reason;
import dev.realtime.event.GapPolicy;
import dev.realtime.event.RealtimeEvent;
import dev.realtime.event.TransactionChunk;
import dev.realtime.faultbed.server.SharedServer;
import dev.realtime.support.Eventually;
import dev.realtime.support.Journal;
import dev.realtime.support.LedgerRow;
import dev.realtime.support.Link;
import dev.realtime.support.Received;
import dev.realtime.support.Stage;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Several instances of one application: one streams and the others stand by, or each sees everything. */
class InstancesIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Stage stage = new Stage(SharedServer.get(), Link.PLAIN);
    private final Journal one = new Journal();
    private final Journal other = new Journal();

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void a_second_instance_stands_by_and_takes_over_when_the_first_one_goes() throws Exception {
        Realtime first = stage.start(standby(one));
        Realtime second = stage.start(standby(other));
        assertThat(second.status().state()).isEqualTo(State.STANDBY);
        stage.write(1);
        one.await("Started", "1");
        stage.awaitAllConfirmed(PATIENCE);

        first.close();
        Eventually.equal(State.STREAMING, () -> second.status().state());
        stage.write(2);

        other.await("Started", "2");
        assertThat(one.entries()).containsExactly("Started", "1");
        assertThat(second.status().gap()).isNull();
    }

    @Test
    void an_instance_that_stands_by_stops_at_once() {
        stage.start(standby(one));
        Realtime second = stage.start(standby(other));

        second.close();

        assertThat(second.status().state()).isEqualTo(State.STOPPED);
        assertThat(other.entries()).isEmpty();
    }

    @Test
    void what_a_lost_owner_had_not_confirmed_comes_again_and_it_stands_by_when_it_is_back() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        Realtime lost = stage.start(stage.ledger()
                .on(LedgerRow.class, event -> {
                    one.event(event);
                    goOn.await();
                })
                .onSignal(one::signal)
                .standby()
                .walSenderTimeout(Duration.ofSeconds(2)));
        Received<LedgerRow> received = new Received<>();
        Realtime second = stage.start(
                direct().on(LedgerRow.class, received).onSignal(other::signal).standby());
        stage.write(1);
        one.await("Started", "1");

        stage.proxy().blackHole(true);
        stage.proxy().refuse(true);
        RealtimeEvent<LedgerRow> again = received.next();
        assertThat(again.id()).isEqualTo(1L);
        assertThat(again.possibleRedelivery()).isTrue();
        stage.write(2);
        assertThat(received.next().id()).isEqualTo(2L);
        stage.awaitAllConfirmed(PATIENCE);
        stage.proxy().blackHole(false);
        stage.proxy().reset();
        stage.proxy().refuse(false);
        Eventually.equal(State.STANDBY, () -> lost.status().state());
        goOn.countDown();
        second.close();
        Eventually.equal(State.STREAMING, () -> lost.status().state());
        stage.write(3);

        one.await("Started", "1", "Started", "3");
        assertThat(lost.status().gap()).isNull();
    }

    @Test
    void a_part_of_a_transaction_that_a_peer_has_handled_is_never_told_as_a_whole_one() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        List<String> parts = new CopyOnWriteArrayList<>();
        List<String> whole = new CopyOnWriteArrayList<>();
        Realtime lost = stage.start(stage.ledger()
                .queueCapacity(10)
                .subscribeTransactions(subscription -> subscription.chunksOf(5).each(chunk -> {
                    parts.add(describe(chunk));
                    goOn.await();
                }))
                .onSignal(one::signal)
                .standby());
        Realtime second = stage.start(
                direct().subscribeTransactions(subscription -> subscription.each(chunk -> whole.add(describe(chunk))))
                        .standby());
        stage.database().execute("INSERT INTO ledger SELECT n, 0, 1, '', 0 FROM generate_series(0, 1999) n");
        Eventually.equal(List.of("first 0..4"), () -> parts);

        stage.proxy().refuse(true);
        stage.proxy().cut();
        Eventually.equal(List.of("first 0..999", "1000..1999 last"), () -> whole);
        stage.awaitAllConfirmed(PATIENCE);
        stage.proxy().refuse(false);
        Eventually.equal(State.STANDBY, () -> lost.status().state());
        second.close();
        Eventually.equal(State.STREAMING, () -> lost.status().state());
        goOn.countDown();
        stage.write(2000);

        Eventually.equal("first 0..0 last", () -> parts.get(parts.size() - 1));
        assertThat(parts.subList(1, parts.size() - 1)).noneMatch(part -> part.contains("first"));
        assertThat(parts.subList(0, parts.size() - 1)).noneMatch(part -> part.contains("last"));
        assertThat(one.entries()).containsExactly("Started", "Started");
        stage.awaitAllConfirmed(PATIENCE);
    }

    private static String describe(TransactionChunk chunk) {
        return (chunk.first() ? "first " : "") + chunk.firstOrdinal() + ".." + chunk.lastOrdinal()
                + (chunk.last() ? " last" : "");
    }

    @Test
    void a_session_that_this_instance_left_behind_is_ended_and_not_waited_for() throws Exception {
        Duration patience = Duration.ofMinutes(10);
        stage.start(stage.ledger()
                .on(LedgerRow.class, one::event)
                .instance("node-1")
                .walSenderTimeout(patience));
        stage.proxy().blackHole(true);
        stage.proxy().refuse(true);
        String before = stage.walSender();

        Realtime next = stage.start(direct().on(LedgerRow.class, other::event).instance("node-1"));

        assertThat(next.status().state()).isEqualTo(State.STREAMING);
        assertThat(stage.walSender()).isNotNull().isNotEqualTo(before);
        stage.write(1);
        other.await("1");
    }

    @Test
    void a_session_of_another_instance_is_never_ended() throws Exception {
        Realtime first =
                stage.start(stage.ledger().on(LedgerRow.class, one::event).instance("node-1"));
        String session = stage.walSender();

        Realtime second = stage.start(
                stage.ledger().on(LedgerRow.class, other::event).standby().instance("node-2"));
        stage.write(1);
        stage.awaitAllConfirmed(PATIENCE);

        assertThat(second.status().state()).isEqualTo(State.STANDBY);
        assertThat(stage.walSender()).isEqualTo(session);
        assertThat(first.status().sessions()).isEqualTo(1);
    }

    @Test
    void every_instance_with_a_temporary_slot_sees_everything_beside_a_durable_one() throws Exception {
        Journal third = new Journal();
        Realtime durable = stage.start(stage.ledger().on(LedgerRow.class, one::event));
        Realtime temporary = stage.start(temporary(other));
        stage.start(temporary(third));
        stage.write(1);

        one.await("1");
        other.await("Started", "1");
        third.await("Started", "1");
        temporary.close();
        stage.write(2);
        one.await("1", "2");
        third.await("Started", "1", "2");
        assertThat(other.entries()).containsExactly("Started", "1");
        assertThat(durable.status().state()).isEqualTo(State.STREAMING);
        Eventually.equal(
                "1",
                () -> stage.database()
                        .value("SELECT count(*) FROM pg_replication_slots WHERE temporary AND database = '"
                                + stage.database().name() + "'"));
    }

    @Test
    void a_temporary_slot_that_breaks_is_a_gap_that_ends_the_stream() throws Exception {
        Realtime temporary = stage.start(temporary(one));
        stage.write(1);
        one.await("Started", "1");

        stage.proxy().cut();

        Eventually.equal(State.FAILED, () -> temporary.status().state());
        assertThat(temporary.status().gap().reason()).isEqualTo(Reason.DISCONNECTED);
        assertThat(one.entries()).containsExactly("Started", "1", "DISCONNECTED");
    }

    @Test
    void a_temporary_slot_that_breaks_is_told_before_the_stream_goes_on_where_that_is_asked_for() throws Exception {
        stage.start(temporary(one).gaps(GapPolicy.REPORT));
        stage.write(1);
        one.await("Started", "1");

        stage.proxy().cut();
        one.await("Started", "1", "DISCONNECTED", "Started");
        stage.write(2);
        one.await("Started", "1", "DISCONNECTED", "Started", "2");
        stage.proxy().cut();
        one.await("Started", "1", "DISCONNECTED", "Started", "2", "DISCONNECTED", "Started");
        stage.write(3);
        one.await("Started", "1", "DISCONNECTED", "Started", "2", "DISCONNECTED", "Started", "3");
    }

    @Test
    void a_subscription_that_was_left_behind_catches_up_from_a_temporary_slot_too() throws Exception {
        Realtime realtime = stage.start(stage.ledger()
                .temporarySlot()
                .detachAfter(Duration.ofMillis(50))
                .queueCapacity(1)
                .on(LedgerRow.class, one::event)
                .subscribe(LedgerRow.class, slow -> slow.named("slow").each(other::event)));
        realtime.pause("slow");
        for (int i = 1; i <= 20; i++) {
            stage.write(i);
        }
        Eventually.equal(20, () -> one.entries().size());

        realtime.resume("slow");

        Eventually.equal(one.entries(), other::entries);
    }

    private RealtimeBuilder standby(Journal journal) {
        return stage.ledger()
                .on(LedgerRow.class, journal::event)
                .onSignal(journal::signal)
                .standby();
    }

    private RealtimeBuilder temporary(Journal journal) {
        return stage.ledger()
                .on(LedgerRow.class, journal::event)
                .onSignal(journal::signal)
                .temporarySlot();
    }

    /** Not through the proxy. */
    private RealtimeBuilder direct() {
        return stage.ledger().connectingTo(stage.database().url(), "postgres", () -> null);
    }
}
