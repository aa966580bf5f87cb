package dev.realtime.support;

import dev.realtime.faultbed.ledger.Confirmations;
import dev.realtime.faultbed.ledger.HandledLog;
import dev.realtime.faultbed.ledger.Oracles;
import dev.realtime.faultbed.ledger.Reference;
import dev.realtime.faultbed.ledger.Report;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What one subscription has handled, and what was confirmed of it when. */
public final class Testimony implements AutoCloseable {

    private final Path file;
    private final HandledLog log;
    private final Confirmations confirmations;

    Testimony(String slot) {
        try {
            file = Files.createTempFile("handled", ".log");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        log = HandledLog.open(file);
        confirmations = new Confirmations(slot, log);
    }

    public HandledLog log() {
        return log;
    }

    public Path file() {
        return file;
    }

    public Confirmations confirmations() {
        return confirmations;
    }

    /** The judges of what was committed and handled so far. */
    public Oracles judges(Reference reference) {
        return Oracles.of(reference, log.read());
    }

    /** Judges, and tells what was looked at. */
    Report judge(String story, Reference reference) {
        Oracles judges = judges(reference);
        List<Report> reports = judges.all(confirmations);
        judges.duplicates();
        Report complete = reports.get(0);
        System.out.printf(
                "%s: %d transactions, %d rows, %d delivered again, %d status messages checked, no violation%n",
                story, complete.transactions(), complete.rows(), complete.duplicates(), confirmations.statuses());
        return complete;
    }

    @Override
    public void close() {
        log.close();
        file.toFile().delete();
    }
}
