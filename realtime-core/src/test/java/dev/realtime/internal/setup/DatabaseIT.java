package dev.realtime.internal.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.realtime.connection.Coordinates;
import dev.realtime.internal.connection.ConnectorSettings;
import dev.realtime.internal.connection.PostgresConnector;
import dev.realtime.wal.Lsn;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Beside the stream there is one control connection at a time, whoever asks. */
class DatabaseIT {

    private final AtomicInteger connects = new AtomicInteger();
    private final CountDownLatch goOn = new CountDownLatch(1);
    private Bed bed;
    private Database database;

    @BeforeEach
    void make() throws Exception {
        bed = Bed.make();
        bed.asOwner("CREATE TABLE thing (id bigint PRIMARY KEY)");
        WantedTable thing = Bed.table("thing", "id");
        bed.prepare(bed.owner, bed.setup(thing));
        PostgresConnector connector = new PostgresConnector(
                new Coordinates() {
                    @Override
                    public String url() {
                        connects.incrementAndGet();
                        return bed.database.url();
                    }

                    @Override
                    public String user() {
                        return bed.owner;
                    }

                    @Override
                    public String password() {
                        return null;
                    }
                },
                ConnectorSettings.of("test"));
        database = new Database(connector, connector, bed.setup(thing));
    }

    @AfterEach
    void close() {
        goOn.countDown();
        bed.close();
    }

    @Test
    void no_question_is_asked_beside_another_and_a_shutdown_or_a_close_does_not_wait_for_it() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CompletableFuture<Boolean> slow = later(() -> database.run("Waiting", control -> hold(asked)));
        assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
        int before = connects.get();

        List<CompletableFuture<?>> patient = List.of(
                later(database::survey),
                later(database::captured),
                later(database::failoverMissing),
                later(database::isSlotActive),
                later(database::markLog));

        assertThat(database.isShuttingDown()).as("as far as can be told").isFalse();
        assertThat(database.isConfirmed(Lsn.of(1))).as("as far as can be told").isFalse();
        assertThat(connects).as("connections that were opened meanwhile").hasValue(before);
        assertThat(patient).noneMatch(CompletableFuture::isDone);

        goOn.countDown();
        assertThat(slow.get(10, TimeUnit.SECONDS)).isTrue();
        for (CompletableFuture<?> question : patient) {
            question.exceptionally(refused -> null).get(10, TimeUnit.SECONDS);
        }
        assertThat(connects.get()).as("each had its turn").isEqualTo(before + patient.size());
        assertThat(database.isShuttingDown()).isFalse();
        assertThat(database.isConfirmed(Lsn.of(1))).isTrue();
    }

    @Test
    void a_question_within_another_is_refused() {
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> database.run("Asking", control -> database.isSlotActive()));
        assertThat(database.isSlotActive()).isFalse();
    }

    private boolean hold(CountDownLatch asked) {
        asked.countDown();
        try {
            return goOn.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static <T> CompletableFuture<T> later(Supplier<T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        Thread asking = new Thread(
                () -> {
                    try {
                        answer.complete(question.get());
                    } catch (RuntimeException | Error e) {
                        answer.completeExceptionally(e);
                    }
                },
                "asks");
        asking.start();
        return answer;
    }
}
