package dev.realtime.event;

import java.util.Objects;

/**
 * What becomes of changes that a live subscriber is too slow for. Whatever it is, the subscriber is told in the stream how
 * many it missed and where, by {@link Lagged} or {@link LiveEvent#coalesced}. Memory is bounded twice: by the capacity, and
 * by an eighth of the heap, 16 MB at most, that the rows of all live subscriptions of a stream share; where that is short,
 * less waits than the capacity allows. The changes of a transaction come all at once, so a capacity should hold more than
 * the usual transaction has. Immutable.
 */
public final class Overflow {

    /** Which changes go. */
    public enum Policy {
        /** The oldest that wait: the subscriber sees the newest. */
        DROP_OLDEST,
        /** The newest: the subscriber sees what it has not taken yet, and then a hole. */
        DROP_NEWEST,
        /** Those whose entity has changed again: the subscriber sees the latest state of each entity. */
        COALESCE_BY_ID,
        /** All: the subscription ends with a {@link dev.realtime.error.LaggedException}. */
        DISCONNECT
    }

    private final Policy policy;
    private final int capacity;

    private Overflow(Policy policy, int capacity) {
        this.policy = Objects.requireNonNull(policy, "policy");
        this.capacity = capacity;
        if (capacity < 1) {
            throw new IllegalArgumentException("A live subscription holds at least 1 change, not " + capacity);
        }
    }

    /**
     * Drops the oldest changes that wait.
     *
     * @param changes how many may wait, at least 1
     * @return such a policy
     */
    public static Overflow dropOldest(int changes) {
        return new Overflow(Policy.DROP_OLDEST, changes);
    }

    /**
     * Drops what comes while the queue is full.
     *
     * @param changes how many may wait, at least 1
     * @return such a policy
     */
    public static Overflow dropNewest(int changes) {
        return new Overflow(Policy.DROP_NEWEST, changes);
    }

    /**
     * Keeps the latest state of each entity: of the changes of one id that wait, the last alone, at its own place in the
     * order of commits. It is the change itself, never one made up of several. What it says of the time before it would
     * not fit what the subscriber saw last, so that is left out: the {@link Update} that stands for more than one change
     * has no {@link Update#before} and does not know its {@link Update#changes}, and the {@link Delete} has no {@link
     * Delete#before}.
     *
     * <p>So an update may come of an entity whose insert the subscriber never saw: treat it as the state. A delete may come
     * of one it never saw, and an insert of one whose delete it never saw. A change does not take the place of another that
     * knows an attribute which it does not know itself (unchanged large values outside REPLICA IDENTITY FULL): then both
     * come. An update that changed the id always comes, for without it the old id would stay; and a {@link Truncate} takes
     * the place of everything that waits.
     *
     * <p>Where more entities wait than may, the ones whose change is the oldest go, and a {@link Lagged} says so.
     *
     * @param entities how many entities may wait, at least 1
     * @return such a policy
     */
    public static Overflow coalesceById(int entities) {
        return new Overflow(Policy.COALESCE_BY_ID, entities);
    }

    /**
     * Ends the subscription where more waits than may.
     *
     * @param changes how many may wait, at least 1
     * @return such a policy
     */
    public static Overflow disconnect(int changes) {
        return new Overflow(Policy.DISCONNECT, changes);
    }

    /**
     * Which changes go.
     *
     * @return never null
     */
    public Policy policy() {
        return policy;
    }

    /**
     * How many changes may wait; with {@link Policy#COALESCE_BY_ID}, how many entities.
     *
     * @return at least 1
     */
    public int capacity() {
        return capacity;
    }

    /** Such as {@code DROP_OLDEST(1024)}. */
    @Override
    public String toString() {
        return policy + "(" + capacity + ")";
    }
}
