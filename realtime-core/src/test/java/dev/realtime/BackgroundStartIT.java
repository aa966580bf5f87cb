package dev.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import dev.realtime.RealtimeStatus.State;
import dev.realtime.error.ConfigurationException;
import dev.realtime.error.ConnectException;
import dev.realtime.error.SetupException;
import dev.realtime.faultbed.server.SharedServer;
import dev.realtime.setup.SetupMode;
import dev.realtime.setup.Startup;
import dev.realtime.support.LedgerRow;
import dev.realtime.support.Link;
import dev.realtime.support.Stage;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;

/** An application that boots before its database is there, or is what it should be. */
@Execution(CONCURRENT)
class BackgroundStartIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Stage stage = new Stage(SharedServer.get(), Link.PLAIN);

    @AfterEach
    void close() {
        stage.close();
    }

    private RealtimeBuilder inBackground() {
        return stage.ledger().startup(Startup.BACKGROUND).on(LedgerRow.class, LedgerRow.testifyingTo(stage.log()));
    }

    @Test
    void it_starts_without_a_database_says_why_it_does_not_stream_and_streams_when_it_can() throws Exception {
        stage.proxy().refuse(true);

        Realtime realtime = stage.start(inBackground());

        Stage.await(PATIENCE).until(() -> realtime.status().lastError() != null);
        assertThat(realtime.status().state()).isEqualTo(State.STARTING);
        assertThat(realtime.status().lastError()).isInstanceOf(ConnectException.class);
        stage.proxy().refuse(false);
        Stage.await(PATIENCE).until(() -> realtime.status().state() == State.STREAMING);
        stage.write(1);
        assertThat(realtime.awaitCaughtUp(PATIENCE)).isTrue();
        stage.awaitAllConfirmed(PATIENCE);
        assertThat(stage.log().read().rows()).hasSize(1);
    }

    @Test
    void what_a_migration_has_not_done_yet_is_waited_for() throws Exception {
        Realtime realtime = stage.start(inBackground().setup(SetupMode.VALIDATE));
        Stage.await(PATIENCE).until(() -> realtime.status().lastError() != null);
        assertThat(realtime.status().state()).isEqualTo(State.STARTING);
        assertThat(realtime.status().lastError()).isInstanceOf(SetupException.class);
        SetupException missing = (SetupException) realtime.status().lastError();

        stage.database().execute(missing.remedy().toArray(String[]::new));

        Stage.await(PATIENCE).until(() -> realtime.status().state() == State.STREAMING);
        assertThat(realtime.status().lastError()).as("kept").isNotNull();
    }

    @Test
    void it_can_be_stopped_before_it_has_started() {
        stage.proxy().blackHole(true);
        Realtime realtime = stage.start(inBackground());

        realtime.stop(Duration.ofSeconds(1));

        Stage.await(PATIENCE).until(() -> stage.threads().isEmpty());
        assertThat(realtime.status().state()).isEqualTo(State.STOPPED);
        stage.proxy().blackHole(false);
    }

    @Test
    void what_the_builder_itself_knows_to_be_wrong_is_thrown_at_once() {
        assertThatExceptionOfType(ConfigurationException.class)
                .as("no handler")
                .isThrownBy(() -> stage.ledger().startup(Startup.BACKGROUND).start());
        assertThatExceptionOfType(ConfigurationException.class)
                .as("another database's URL")
                .isThrownBy(() -> inBackground()
                        .connectingTo("jdbc:mysql://localhost/shop", "shop", () -> null)
                        .start());
        assertThat(stage.threads()).isEmpty();
    }
}
