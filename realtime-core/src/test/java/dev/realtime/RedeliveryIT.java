package dev.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import dev.realtime.RealtimeStatus.SubscriptionState;
import dev.realtime.event.RealtimeEvent;
import dev.realtime.faultbed.server.SharedServer;
import dev.realtime.support.LedgerRow;
import dev.realtime.support.Link;
import dev.realtime.support.Received;
import dev.realtime.support.Stage;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;

/** {@code possibleRedelivery()} is false only where it is certain that a change comes for the first time. */
@Execution(CONCURRENT)
class RedeliveryIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Stage stage = new Stage(SharedServer.get(), Link.PLAIN);
    private final Received<LedgerRow> received = new Received<>();

    @AfterEach
    void close() {
        stage.close();
    }

    private Realtime start() {
        return stage.start(stage.ledger().on(LedgerRow.class, received));
    }

    private void assertNext(long id, boolean possibleRedelivery, String why) {
        RealtimeEvent<LedgerRow> event = received.next();
        assertThat(event.id()).isEqualTo(id);
        assertThat(event.possibleRedelivery()).as(why).isEqualTo(possibleRedelivery);
    }

    @Test
    void certain_on_a_new_slot_and_behind_the_beginning_of_a_later_session_alone() throws Exception {
        Realtime first = start();
        stage.write(1);
        assertNext(1, false, "the slot is new");
        stage.awaitAllConfirmed(PATIENCE);
        first.close();
        stage.write(2);

        start();

        assertNext(2, true, "committed before this process began: an earlier one may have had it");
        stage.write(3);
        assertNext(3, false, "committed after this process began");
    }

    @Test
    void what_was_committed_while_the_connection_was_broken_may_have_been_sent_to_another_process() throws Exception {
        start();
        stage.write(1);
        assertNext(1, false, "the slot is new");
        stage.proxy().refuse(true);
        stage.proxy().cut();
        Stage.await(PATIENCE).until(() -> stage.walSender() == null);
        stage.write(2);
        stage.proxy().refuse(false);

        assertNext(2, true, "committed before the session began");
        stage.write(3);
        assertNext(3, false, "committed after the session began");
    }

    @Test
    void what_a_subscription_catches_up_with_may_have_been_offered_before_and_what_comes_after_has_not()
            throws Exception {
        Realtime realtime = start();
        realtime.pause("LedgerRow");
        stage.write(1);
        stage.write(2);
        realtime.resume("LedgerRow");

        assertNext(1, true, "committed before it caught up");
        assertNext(2, true, "committed before it caught up");
        Stage.await(PATIENCE)
                .until(() -> realtime.status().subscriptions().get(0).state() == SubscriptionState.STREAMING);
        stage.write(3);
        assertNext(3, false, "committed when it was back on the shared stream");
    }
}
