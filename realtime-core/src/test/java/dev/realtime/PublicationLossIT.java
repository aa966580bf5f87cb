package dev.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.RealtimeStatus.State;
import dev.realtime.error.GapException;
import dev.realtime.error.RealtimeException;
import dev.realtime.error.SetupException;
import dev.realtime.error.SetupProblem;
import dev.realtime.faultbed.server.SharedServer;
import dev.realtime.support.LedgerRow;
import dev.realtime.support.Link;
import dev.realtime.support.Received;
import dev.realtime.support.Stage;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A publication that is missing takes changes with it for good: up to version 17 the server refuses to go on, from version
 * 18 on it warns and leaves them out. The loss is told before anything behind it is delivered, and again at the next start.
 */
class PublicationLossIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Stage stage = new Stage(SharedServer.get(), Link.PLAIN);
    private final Received<LedgerRow> received = new Received<>();

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void nothing_is_confirmed_past_what_a_missing_publication_hides_and_the_next_start_tells_of_it_too()
            throws Exception {
        Realtime realtime = begin();

        stage.database().execute("DROP PUBLICATION " + stage.slot());
        stage.write(2);
        String lost = stage.position();

        assertThat(errorOf(realtime)).satisfies(PublicationLossIT::tellsOfTheMissingPublication);
        realtime.close();
        assertThat(stage.isConfirmed(lost)).as("confirmed by the last status").isFalse();
        stage.database().execute(recreated());
        stage.write(3);
        assertThatTheNextStartTellsOfTheGapAndNothingBehindItCame(lost);
    }

    @Test
    void a_publication_that_is_back_already_when_the_stream_is_read_does_not_hide_what_was_left_out() throws Exception {
        Realtime realtime = begin();
        String walSender = stage.walSender();

        stage.proxy().freeze(true); // so that all of it comes at once
        stage.database().execute("DROP PUBLICATION " + stage.slot());
        stage.write(2);
        String lost = stage.position();
        stage.database().execute(recreated());
        stage.write(3);
        String end = stage.position();
        Stage.await(PATIENCE)
                .until(() -> "t"
                        .equals(stage.database()
                                .value("SELECT NOT EXISTS (SELECT FROM pg_stat_replication WHERE pid = " + walSender
                                        + " AND state <> 'startup' AND sent_lsn < '" + end + "')")));
        stage.proxy().freeze(false);

        assertThat(errorOf(realtime)).satisfies(this::tellsOfTheGap);
        realtime.close();
        assertThatTheNextStartTellsOfTheGapAndNothingBehindItCame(lost);
    }

    private Realtime begin() throws Exception {
        Realtime realtime = stage.start(stage.ledger().on(LedgerRow.class, received));
        stage.write(1);
        assertThat(received.next().id()).isEqualTo(1L);
        stage.awaitAllConfirmed(PATIENCE);
        return realtime;
    }

    private String recreated() {
        return "CREATE PUBLICATION " + stage.slot() + " FOR TABLE ledger";
    }

    private void assertThatTheNextStartTellsOfTheGapAndNothingBehindItCame(String lost) throws Exception {
        assertThat(errorOfNextStart()).satisfies(this::tellsOfTheGap);
        assertThat(stage.isConfirmed(lost)).as("confirmed").isFalse();
        assertThat(received.waiting()).as("delivered").isZero();
    }

    private Throwable errorOfNextStart() {
        try (Realtime realtime = stage.start(stage.ledger().on(LedgerRow.class, received))) {
            return errorOf(realtime);
        } catch (RealtimeException refused) {
            return refused;
        }
    }

    private static Throwable errorOf(Realtime realtime) {
        Stage.await(PATIENCE).until(() -> realtime.status().state() == State.FAILED);
        return realtime.status().lastError();
    }

    private void tellsOfTheGap(Throwable error) {
        if (stage.database().server().majorVersion() >= 18) {
            assertThat(error).isInstanceOf(GapException.class);
        } else {
            tellsOfTheMissingPublication(error);
        }
    }

    private static void tellsOfTheMissingPublication(Throwable error) {
        assertThat(error)
                .isInstanceOfSatisfying(
                        SetupException.class,
                        setup -> assertThat(setup.problem()).isEqualTo(SetupProblem.PUBLICATION_MISSING));
    }
}
