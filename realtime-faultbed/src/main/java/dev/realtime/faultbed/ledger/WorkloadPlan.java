package dev.realtime.faultbed.ledger;

/**
 * How much of what writers are to do. The same plan makes each lane do the same; how lanes of different threads interleave
 * is the machine's to decide. Immutable.
 *
 * @param seed decides everything random
 * @param writers threads
 * @param lanesPerWriter connections of each thread, at least 2 for transactions that overlap on one thread
 * @param transactionsPerLane after how many transactions a lane is done; {@link Integer#MAX_VALUE} writes until stopped
 * @param longTransactionRows how many statements a long transaction has at most; short ones have up to five
 * @param bigBodyPercent how many of a hundred bodies are too big for their row and go to TOAST, so that an update that leaves
 *     them alone does not send them
 */
public record WorkloadPlan(
        long seed,
        int writers,
        int lanesPerWriter,
        int transactionsPerLane,
        int longTransactionRows,
        int bigBodyPercent) {

    /**
     * Two threads with three lanes each, two hundred transactions a lane, no big bodies.
     *
     * @param seed decides everything random
     * @return a plan
     */
    public static WorkloadPlan seeded(long seed) {
        return new WorkloadPlan(seed, 2, 3, 200, 100, 0);
    }

    /**
     * The same with another number of transactions.
     *
     * @param count per lane
     * @return a plan
     */
    public WorkloadPlan transactions(int count) {
        return new WorkloadPlan(seed, writers, lanesPerWriter, count, longTransactionRows, bigBodyPercent);
    }

    /**
     * The same, but going on until it is stopped.
     *
     * @return a plan
     */
    public WorkloadPlan endless() {
        return transactions(Integer.MAX_VALUE);
    }

    /**
     * The same with some bodies that go to TOAST.
     *
     * @param percent of all bodies
     * @return a plan
     */
    public WorkloadPlan bigBodies(int percent) {
        return new WorkloadPlan(seed, writers, lanesPerWriter, transactionsPerLane, longTransactionRows, percent);
    }
}
