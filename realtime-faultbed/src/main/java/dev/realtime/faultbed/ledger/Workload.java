package dev.realtime.faultbed.ledger;

import dev.realtime.faultbed.server.TestDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Random writers on a ledger table: short transactions among long ones, savepoints, rollbacks of all and of parts, updates of
 * the key, statements over many rows. Each lane has its own connection and its own keys, so lanes never wait for each other;
 * a writer thread interleaves several lanes. Writers outlive crashes of the server: they connect again until they are
 * stopped. What was committed is the {@link ReferenceDecoder}'s to say. Thread-safe.
 */
public final class Workload implements AutoCloseable {

    /** The ledger's schema and name, as {@link ReferenceDecoder} wants it. */
    public static final String TABLE = "public.ledger";

    private static final Logger LOG = LoggerFactory.getLogger(Workload.class);

    private static final Duration POLL = Duration.ofMillis(2);

    private final WorkloadPlan plan;
    private final ExecutorService threads;
    private final List<CompletableFuture<Void>> writers = new ArrayList<>();
    private final List<Lane> lanes = new ArrayList<>();
    private final LongAdder committed = new LongAdder();
    private volatile boolean stopping;

    private Workload(WorkloadPlan plan) {
        this.plan = plan;
        AtomicInteger number = new AtomicInteger();
        this.threads = Executors.newFixedThreadPool(
                plan.writers(), task -> new Thread(task, "faultbed-writer-" + number.incrementAndGet()));
    }

    /**
     * Creates the ledger: {@code id} bigint, the key; {@code lane} int; {@code version} bigint, which every change raises;
     * {@code body} text; {@code crc} int, the CRC-32 of the body's UTF-8 bytes.
     *
     * @param database where
     * @throws SQLException where it is there already
     */
    public static void createTable(TestDatabase database) throws SQLException {
        database.execute("CREATE TABLE ledger (id bigint PRIMARY KEY, lane int NOT NULL, version bigint NOT NULL,"
                + " body text NOT NULL, crc int NOT NULL)");
    }

    /**
     * Starts writing.
     *
     * @param database a database with the {@linkplain #createTable ledger}
     * @param plan how much of what
     * @return the running writers, the caller's to close
     */
    public static Workload start(TestDatabase database, WorkloadPlan plan) {
        LOG.info("The workload's seed is {}", plan.seed());
        Workload workload = new Workload(plan);
        Random seeds = new Random(plan.seed());
        for (int writer = 0; writer < plan.writers(); writer++) {
            List<Lane> own = new ArrayList<>();
            for (int i = 0; i < plan.lanesPerWriter(); i++) {
                own.add(new Lane(
                        database,
                        plan,
                        workload.lanes.size() + own.size(),
                        new Random(seeds.nextLong()),
                        workload.committed));
            }
            workload.lanes.addAll(own);
            Random order = new Random(seeds.nextLong());
            workload.writers.add(CompletableFuture.runAsync(() -> workload.write(own, order), workload.threads));
        }
        return workload;
    }

    private void write(List<Lane> own, Random order) {
        List<Lane> busy = new ArrayList<>(own);
        try {
            while (!busy.isEmpty() && !stopping) {
                Lane lane = busy.get(order.nextInt(busy.size()));
                if (!lane.step()) {
                    busy.remove(lane);
                }
            }
        } finally {
            own.forEach(Lane::end);
        }
    }

    /**
     * Waits until more transactions have been committed.
     *
     * @param more how many from now on
     * @param deadline how long to wait
     * @throws AssertionError where they are not committed in time, or the writers end before; the message holds the seed
     */
    public void awaitCommits(long more, Duration deadline) {
        long wanted = committed.sum() + more;
        long end = System.nanoTime() + deadline.toNanos();
        while (committed.sum() < wanted) {
            if (System.nanoTime() > end || writers.stream().allMatch(CompletableFuture::isDone)) {
                throw new AssertionError("The writers stand still; the seed is " + plan.seed());
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
    }

    /**
     * Waits until every lane has made its transactions.
     *
     * @param deadline how long to wait
     * @return what the writers did, as far as they know
     * @throws AssertionError where a writer failed or is not done in time; the message holds the seed
     */
    public WorkloadReport await(Duration deadline) {
        try {
            CompletableFuture.allOf(writers.toArray(CompletableFuture[]::new))
                    .get(deadline.toMillis(), TimeUnit.MILLISECONDS);
            return lanes.stream().map(Lane::report).reduce(WorkloadReport.NONE, WorkloadReport::plus);
        } catch (ExecutionException e) {
            throw new AssertionError("A writer failed; the seed is " + plan.seed(), e.getCause());
        } catch (TimeoutException e) {
            throw new AssertionError("The writers are not done within " + deadline + "; the seed is " + plan.seed(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted while waiting for the writers", e);
        }
    }

    /**
     * Stops writing: transactions that are open are rolled back.
     *
     * @return what the writers did, as far as they know
     */
    public WorkloadReport stop() {
        stopping = true;
        return await(Duration.ofMinutes(1));
    }

    /** Stops writing and ends the threads; a failure of a writer is {@link #await}'s or {@link #stop}'s to tell. */
    @Override
    public void close() {
        stopping = true;
        threads.shutdown();
        try {
            if (!threads.awaitTermination(1, TimeUnit.MINUTES)) {
                throw new IllegalStateException("The writers do not end; the seed is " + plan.seed());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
