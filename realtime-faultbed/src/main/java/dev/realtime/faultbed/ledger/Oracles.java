package dev.realtime.faultbed.ledger;

import dev.realtime.faultbed.ledger.Matching.Place;
import dev.realtime.faultbed.ledger.Report.Findings;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.postgresql.replication.LogSequenceNumber;

/**
 * The judges. Each compares the truth with the testimony and either reports how much it looked at, or fails with the number
 * of violations and the first ten of them. Immutable.
 */
public final class Oracles {

    private static final Duration POLL = Duration.ofMillis(10);

    private final Reference reference;
    private final List<Handled> handled;
    private final Matching matching;

    private Oracles(Reference reference, List<Handled> handled) {
        this.reference = reference;
        this.handled = handled;
        this.matching = new Matching(reference, handled);
    }

    /**
     * Judges of one run.
     *
     * @param reference the truth, read after the last write
     * @param testimony what was handled, by one subscription
     * @return the judges
     */
    public static Oracles of(Reference reference, HandledLog.Content testimony) {
        return new Oracles(reference, testimony.rows());
    }

    /**
     * Waits until everything was handled, and then gives the judges of that moment.
     *
     * @param reference the truth, read after the last write
     * @param log the testimony, still growing
     * @param deadline how long to wait
     * @return the judges; the first of them has no complaint
     * @throws AssertionError where something is still not handled
     */
    public static Oracles awaitComplete(Reference reference, HandledLog log, Duration deadline) {
        long end = System.nanoTime() + deadline.toNanos();
        while (true) {
            boolean last = System.nanoTime() > end;
            long length = log.length();
            Oracles oracles = of(reference, log.read());
            if (last || oracles.lost().isEmpty()) {
                oracles.complete();
                return oracles;
            }
            while (log.length() == length && System.nanoTime() < end) {
                LockSupport.parkNanos(POLL.toNanos());
            }
        }
    }

    /**
     * O1: every committed row change was handled at least once.
     *
     * @return what was looked at
     * @throws AssertionError where a change was lost
     */
    public Report complete() {
        return lost().judge(report("O1 complete", reference.rowCount(), 0));
    }

    private Findings lost() {
        Findings findings = new Findings();
        for (int transaction = 0; transaction < reference.transactions().size(); transaction++) {
            for (int row = 0; row < matching.transaction(transaction).rows().size(); row++) {
                if (matching.firstHandled(transaction, row) == Matching.NEVER) {
                    findings.add("never handled: " + matching.tell(new Place(transaction, row)));
                }
            }
        }
        return findings;
    }

    /**
     * O2: first deliveries came in the order of commits and, inside a transaction, of its changes; and no delivery, first or
     * not, left a transaction before its last row for a later one.
     *
     * @return what was looked at
     * @throws AssertionError where the order was another
     */
    public Report ordered() {
        Findings findings = new Findings();
        Place lastFirst = new Place(-1, -1);
        Place previous = null;
        for (int line = 0; line < handled.size(); line++) {
            Place place = matching.place(line);
            if (place == null) {
                continue;
            }
            if (matching.isFirst(line, place)) {
                if (!isBefore(lastFirst, place)) {
                    findings.add("after " + matching.tell(lastFirst) + " came " + matching.tell(place));
                }
                lastFirst = place;
            }
            if (previous != null && leavesEarly(previous, place)) {
                findings.add("left before its last row: " + matching.tell(previous) + ", for " + matching.tell(place));
            }
            previous = place;
        }
        return findings.judge(report("O2 order", handled.size(), 0));
    }

    private static boolean isBefore(Place one, Place other) {
        return one.transaction() < other.transaction()
                || one.transaction() == other.transaction() && one.row() < other.row();
    }

    private boolean leavesEarly(Place from, Place to) {
        int lastRow = matching.transaction(from.transaction()).rows().size() - 1;
        return from.transaction() < to.transaction() && from.row() < lastRow;
    }

    /**
     * O3: whenever a position was confirmed, every transaction that ends at or before it had been handled wholly by then.
     *
     * @param confirmations what the proxy saw; the testimony must be the same log
     * @return what was looked at
     * @throws AssertionError where something was confirmed too early
     */
    public Report ackSafe(Confirmations confirmations) {
        Findings findings = new Findings();
        int next = 0;
        long handledBy = 0;
        @Nullable Place latest = null;
        // Each confirmation is higher than the one before, so the transactions are walked through once.
        for (Confirmations.Confirmation confirmation : confirmations.raised()) {
            for (int end = reference.endingBy(confirmation.flush()); next < end; next++) {
                for (int row = 0; row < matching.transaction(next).rows().size(); row++) {
                    if (matching.firstHandled(next, row) > handledBy) {
                        handledBy = matching.firstHandled(next, row);
                        latest = new Place(next, row);
                    }
                }
            }
            if (latest != null && handledBy > confirmation.handledBytes()) {
                findings.add("confirmed up to "
                        + LogSequenceNumber.valueOf(confirmation.flush()).asString() + " when "
                        + (handledBy == Matching.NEVER ? "never handled was " : "not yet handled was ")
                        + matching.tell(latest));
            }
        }
        return findings.judge(report("O3 ack safety", reference.rowCount(), confirmations.statuses()));
    }

    /**
     * O4: what was delivered again. It fails by itself only where such a delivery was not marked as perhaps not the first.
     *
     * @return what was looked at, with the number of duplicates
     * @throws AssertionError where a duplicate was not marked
     */
    public Report duplicates() {
        Findings findings = new Findings();
        for (int line = 0; line < handled.size(); line++) {
            Place place = matching.place(line);
            if (place != null
                    && !matching.isFirst(line, place)
                    && !handled.get(line).possibleRedelivery()) {
                findings.add("delivered again without being marked: " + matching.tell(place));
            }
        }
        return findings.judge(report("O4 duplicates", handled.size(), 0));
    }

    /**
     * O5: nothing was handled that was not committed, in the same words: operation, key and content; and each transaction
     * bore one commit position only.
     *
     * @return what was looked at
     * @throws AssertionError where there was a phantom
     */
    public Report noPhantom() {
        Findings findings = new Findings();
        Map<Integer, Long> commits = new HashMap<>();
        for (int line = 0; line < handled.size(); line++) {
            Handled said = handled.get(line);
            Place place = matching.place(line);
            String position = LogSequenceNumber.valueOf(said.commit()).asString() + ":" + said.ordinal();
            if (place == null) {
                findings.add(
                        "handled but never committed: " + said.operation() + " of " + said.key() + " at " + position);
            } else if (commits.computeIfAbsent(place.transaction(), unseen -> said.commit()) != said.commit()) {
                findings.add("a second commit position, " + position + ", for " + matching.tell(place));
            }
        }
        return findings.judge(report("O5 no phantom", handled.size(), 0));
    }

    /**
     * All judges but the one of duplicates' marks, which not every handler passes on.
     *
     * @param confirmations what the proxy saw
     * @return the reports of O1, O2, O3 and O5
     * @throws AssertionError by the first judge that finds something
     */
    public List<Report> all(Confirmations confirmations) {
        return List.of(complete(), ordered(), ackSafe(confirmations), noPhantom());
    }

    private Report report(String oracle, long rows, long statuses) {
        long duplicates = 0;
        for (int line = 0; line < handled.size(); line++) {
            Place place = matching.place(line);
            if (place != null && !matching.isFirst(line, place)) {
                duplicates++;
            }
        }
        return new Report(oracle, reference.transactions().size(), rows, statuses, duplicates);
    }
}
