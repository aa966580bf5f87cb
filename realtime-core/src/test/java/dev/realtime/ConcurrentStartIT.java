package dev.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.realtime.error.RealtimeException;
import dev.realtime.error.SetupException;
import dev.realtime.error.SetupProblem;
import dev.realtime.support.Eventually;
import dev.realtime.support.Item;
import dev.realtime.support.Leftovers;
import dev.realtime.support.Received;
import dev.realtime.support.Streams;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Isolated;
import org.postgresql.PGConnection;

/** A start beside others: writers that hold up the slot, and instances of the same application. */
@Isolated("its limits of some seconds are for a machine that does little else")
class ConcurrentStartIT {

    private static final Duration TIME = Duration.ofSeconds(3);

    @RegisterExtension
    private final Streams streams = new Streams();

    private final Received<Item> received = new Received<>();

    @BeforeEach
    void table() throws Exception {
        streams.execute("CREATE TABLE item " + Item.COLUMNS);
    }

    private RealtimeBuilder items() {
        return streams.items().on(Item.class, received);
    }

    @Test
    void beside_an_open_writing_transaction_start_ends_in_time_and_names_whom_it_waited_for() throws Exception {
        RealtimeBuilder builder = items().startTimeout(TIME);
        try (Connection writer = streams.database().connect();
                Statement statement = writer.createStatement()) {
            writer.setAutoCommit(false);
            statement.execute("SET application_name = 'the nightly batch'");
            statement.execute("INSERT INTO item VALUES (1, 1)");
            Set<String> before = leftovers();
            long begun = System.nanoTime();

            SetupException error = refused(builder);

            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(TIME.plusSeconds(5));
            assertThat(error.problem()).isEqualTo(SetupProblem.SLOT_CREATION_BLOCKED);
            assertThat(error)
                    .hasMessageContaining(streams.slot())
                    .hasMessageContaining(
                            "pid " + writer.unwrap(PGConnection.class).getBackendPID())
                    .hasMessageContaining("the nightly batch");
            Leftovers.awaitNoneBut(before, streams.database(), streams.slot());
            writer.commit();
        }

        streams.start(builder.startTimeout(Duration.ofSeconds(30)));

        streams.execute("INSERT INTO item VALUES (2, 2)");
        assertThat(received.next().id()).isEqualTo(2L);
    }

    @Test
    void a_start_that_is_interrupted_takes_back_what_it_had_begun_and_begins_nothing_else() throws Exception {
        try (Connection writer = streams.database().connect();
                Statement statement = writer.createStatement()) {
            writer.setAutoCommit(false);
            statement.execute("INSERT INTO item VALUES (1, 1)");
            Set<String> before = leftovers();
            RealtimeBuilder patient = items().startTimeout(Duration.ofMinutes(5));
            CompletableFuture<Throwable> ended = new CompletableFuture<>();
            Thread starter = new Thread(
                    () -> ended.complete(catchThrowable(() -> streams.start(patient))), "interrupted-starter");
            starter.start();
            Eventually.equal(true, () -> leftovers().contains("slot " + streams.slot()));

            starter.interrupt();

            assertThat(ended.get(20, TimeUnit.SECONDS))
                    .isInstanceOf(RealtimeException.class)
                    .hasMessageContaining("Interrupted");
            Leftovers.awaitNoneBut(before, streams.database(), streams.slot());
            writer.commit();
        }

        assertThat(leftovers()).isEmpty();
        streams.start(items());
    }

    @Test
    void a_start_whose_table_is_locked_ends_in_time_and_names_who_holds_it() throws Exception {
        try (Connection other = streams.database().connect();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("LOCK TABLE item IN ACCESS SHARE MODE");
            long begun = System.nanoTime();

            SetupException error = refused(items().fullImages(Item.class).startTimeout(TIME));

            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(TIME.plusSeconds(5));
            assertThat(error.problem()).isEqualTo(SetupProblem.TABLE_LOCKED);
            assertThat(error)
                    .hasMessageContaining("\"item\"")
                    .hasMessageContaining(
                            "pid " + other.unwrap(PGConnection.class).getBackendPID());
            Eventually.equal(Set.of(), this::leftovers);
            other.rollback();
        }
    }

    @Test
    void of_two_instances_that_start_at_once_one_streams_and_the_other_takes_over_when_it_leaves() throws Exception {
        CyclicBarrier together = new CyclicBarrier(2);
        CompletableFuture<Realtime> one = CompletableFuture.supplyAsync(() -> start(together));
        CompletableFuture<Realtime> other = CompletableFuture.supplyAsync(() -> start(together));

        Realtime first = (Realtime) CompletableFuture.anyOf(one, other).get(60, TimeUnit.SECONDS);
        streams.execute("INSERT INTO item VALUES (1, 1)");
        assertThat(received.next().id()).isEqualTo(1L);
        assertThat(one.isDone() && other.isDone()).as("both stream").isFalse();

        first.close();
        Realtime second = one.isDone() && one.get() == first ? other.get() : one.get();
        streams.execute("INSERT INTO item VALUES (2, 2)");
        assertThat(received.next().id()).isEqualTo(2L);
        assertThat(second.status().sessions()).isEqualTo(1);
        assertThat(streams.database().value("SELECT count(*) FROM pg_publication"))
                .isEqualTo("1");
    }

    @Test
    void instances_with_slots_of_their_own_start_at_once_and_each_gets_all() throws Exception {
        Received<Item> others = new Received<>();
        CompletableFuture<Realtime> one = CompletableFuture.supplyAsync(() -> streams.start(items()));
        streams.start(streams.items().slot(streams.slot() + "_2").on(Item.class, others));
        one.get();

        streams.execute("INSERT INTO item VALUES (1, 1)");

        assertThat(received.next().eventId()).isEqualTo(others.next().eventId());
    }

    private Realtime start(CyclicBarrier together) {
        try {
            together.await();
            return streams.start(items());
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private SetupException refused(RealtimeBuilder builder) {
        SetupException error = catchThrowableOfType(SetupException.class, () -> streams.start(builder));
        assertThat(error).as("refusal").isNotNull();
        return error;
    }

    private Set<String> leftovers() throws Exception {
        return Leftovers.of(streams.database(), streams.slot());
    }
}
