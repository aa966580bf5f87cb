package dev.realtime.faultbed.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.realtime.faultbed.proxy.StatusUpdate;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each judge must pass a clean run and fail on the fault it is there for. */
class OraclesTest {

    /** Three transactions of two rows, the highest with a position that is negative as a signed number. */
    private static final long[] COMMITS = {0x100, 0x300, 0xFFFF_FFFF_FFFF_FF00L};

    private static final long[] ENDS = {0x180, 0x380, 0xFFFF_FFFF_FFFF_FF80L};

    @TempDir
    private Path directory;

    private HandledLog log;
    private Confirmations confirmations;

    @BeforeEach
    void open() {
        log = HandledLog.open(directory.resolve("handled.log"));
        confirmations = new Confirmations("slot", log);
    }

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    void aCleanRunPassesAndIsCounted() {
        for (int transaction = 0; transaction < 3; transaction++) {
            handle(transaction, 0, 1);
            confirm(ENDS[transaction]);
        }
        List<Report> reports = judges().all(confirmations);
        assertThat(reports).extracting(Report::transactions).containsOnly(3L);
        assertThat(reports).extracting(Report::rows).containsOnly(6L);
        assertThat(judges().ackSafe(confirmations).statuses()).isEqualTo(3);
        assertThat(judges().duplicates().duplicates()).isZero();
    }

    @Test
    void redeliveryFromATransactionsFirstRowIsNoFault() {
        handle(0, 0, 1);
        handle(1, 0);
        redeliver(0, 0, 1);
        redeliver(1, 0);
        handle(1, 1);
        handle(2, 0, 1);
        confirm(ENDS[2]);
        assertThat(judges().all(confirmations)).extracting(Report::duplicates).containsOnly(3L);
        assertThat(judges().duplicates().duplicates()).isEqualTo(3);
    }

    @Test
    void aLostRowIsFound() {
        handle(0, 0, 1);
        handle(1, 0);
        handle(2, 0, 1);
        assertFinds(() -> judges().complete(), "O1", "1 violations", "0/380, row change 1");
    }

    @Test
    void aLostTailIsFound() {
        handle(0, 0, 1);
        handle(1, 0, 1);
        assertFinds(() -> judges().complete(), "O1", "2 violations", "FFFFFFFF/FFFFFF80");
    }

    @Test
    void swappedTransactionsAreFound() {
        handle(1, 0, 1);
        handle(0, 0, 1);
        handle(2, 0, 1);
        assertFinds(() -> judges().ordered(), "O2", "came transaction 700");
    }

    @Test
    void swappedRowsAreFound() {
        handle(0, 1, 0);
        assertFinds(() -> judges().ordered(), "O2", "row change 0");
    }

    @Test
    void interleavedTransactionsAreFound() {
        handle(0, 0);
        handle(1, 0);
        handle(0, 1);
        handle(1, 1);
        assertFinds(() -> judges().ordered(), "O2", "left before its last row");
    }

    @Test
    void aTransactionLeftEarlyInARedeliveryIsFound() {
        handle(0, 0, 1);
        handle(1, 0, 1);
        redeliver(0, 0);
        redeliver(1, 0, 1);
        assertFinds(() -> judges().ordered(), "O2", "left before its last row");
    }

    @Test
    void anEarlyConfirmationIsFoundThoughTheRowIsHandledLater() {
        handle(0, 0, 1);
        handle(1, 0);
        confirm(ENDS[1]);
        handle(1, 1);
        handle(2, 0, 1);
        judges().complete();
        assertFinds(() -> judges().ackSafe(confirmations), "O3", "confirmed up to 0/380 when not yet handled");
    }

    @Test
    void aConfirmationOfALostRowIsFound() {
        handle(0, 0, 1);
        confirm(ENDS[2]);
        assertFinds(() -> judges().ackSafe(confirmations), "O3", "never handled was transaction 701");
    }

    @Test
    void aConfirmationJustBeforeTheEndIsSafeAndAtTheEndIsNot() {
        handle(0, 0, 1);
        confirm(ENDS[1] - 1);
        judges().ackSafe(confirmations);
        confirm(ENDS[1]);
        assertFinds(() -> judges().ackSafe(confirmations), "O3", "0/380");
    }

    @Test
    void aConfirmationIsSafeByARedeliveryOnlyIfTheFirstWasInTime() {
        confirm(ENDS[0]);
        handle(0, 0, 1);
        confirm(0x10);
        assertFinds(() -> judges().ackSafe(confirmations), "O3", "1 violations");
    }

    @Test
    void anUnmarkedDuplicateIsFound() {
        handle(0, 0, 1);
        handle(0, 0, 1);
        assertFinds(() -> judges().duplicates(), "O4", "2 violations");
    }

    @Test
    void aPhantomOfARolledBackTransactionIsFound() {
        handle(0, 0, 1);
        log.append(0x200, 0, Operation.INSERT, "99", 9, false);
        assertFinds(() -> judges().noPhantom(), "O5", "never committed: INSERT of 99 at 0/200:0");
    }

    @Test
    void aPhantomOfARolledBackSavepointIsFound() {
        handle(0, 0, 1);
        log.append(COMMITS[0], 2, Operation.INSERT, "99", 9, false);
        assertFinds(() -> judges().noPhantom(), "O5", "0/100:2");
    }

    @Test
    void anUnknownTailIsAPhantom() {
        log.append(ENDS[2], 0, Operation.INSERT, "1", 1, false);
        assertFinds(() -> judges().noPhantom(), "O5", "1 violations");
    }

    @Test
    void wrongContentIsAPhantomAndALoss() {
        log.append(COMMITS[0], 0, Operation.INSERT, "0", 12345, false);
        assertFinds(() -> judges().noPhantom(), "O5", "1 violations");
        assertFinds(() -> judges().complete(), "O1", "6 violations");
    }

    @Test
    void aSecondCommitPositionForOneTransactionIsFound() {
        handle(0, 0);
        log.append(COMMITS[0] + 8, 1, Operation.DELETE, "0", 0, false);
        assertFinds(() -> judges().noPhantom(), "O5", "second commit position");
    }

    private void handle(int transaction, int... rows) {
        handle(transaction, false, rows);
    }

    private void redeliver(int transaction, int... rows) {
        handle(transaction, true, rows);
    }

    private void handle(int transaction, boolean again, int... rows) {
        for (int row : rows) {
            ReferenceRow truth =
                    reference().transactions().get(transaction).rows().get(row);
            int crc = truth.crc() == null ? 0 : truth.crc();
            log.append(COMMITS[transaction], row, truth.operation(), truth.key(), crc, again);
        }
    }

    private void confirm(long flush) {
        confirmations.statusSeen(new StatusUpdate("slot", flush, flush, flush, 0, false, System.nanoTime()));
    }

    private Oracles judges() {
        return Oracles.of(reference(), log.read());
    }

    private static Reference reference() {
        return new Reference(List.of(transaction(0), transaction(1), transaction(2)));
    }

    private static ReferenceTransaction transaction(int number) {
        return new ReferenceTransaction(
                ENDS[number],
                700 + number,
                List.of(
                        new ReferenceRow(0, "public.ledger", Operation.INSERT, String.valueOf(number), null, number),
                        new ReferenceRow(1, "public.ledger", Operation.DELETE, String.valueOf(number), null, null)));
    }

    private static void assertFinds(Runnable judgement, String... words) {
        assertThatThrownBy(judgement::run)
                .isInstanceOf(AssertionError.class)
                .message()
                .contains(words);
    }
}
