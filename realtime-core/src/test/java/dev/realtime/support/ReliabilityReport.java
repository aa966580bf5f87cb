package dev.realtime.support;

import dev.realtime.faultbed.ledger.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a long run of crash cycles came to, as a page for people. */
public final class ReliabilityReport {

    private final Instant begun = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private final String asked;
    private final long seed;
    private final Map<CrashCycles.Fault, Integer> struck = new TreeMap<>();
    private String server = "unknown";
    private int rounds;
    private int amongEvents;
    private long transactions;
    private long rows;
    private long deliveredAgain;
    private long statuses;

    /**
     * An empty report.
     *
     * @param asked what was asked for, in words
     * @param seed of the run
     */
    public ReliabilityReport(String asked, long seed) {
        this.asked = asked;
        this.seed = seed;
    }

    /** A round whose judges had no complaint. */
    public void add(Stage stage, CrashCycles cycles, Report complete) throws Exception {
        server = stage.database().value("SHOW server_version");
        rounds++;
        cycles.struck().forEach((fault, times) -> struck.merge(fault, times, Integer::sum));
        amongEvents += cycles.amongEvents();
        transactions += complete.transactions();
        rows += complete.rows();
        deliveredAgain += complete.duplicates();
        statuses += stage.confirmations().statuses();
    }

    public int cycles() {
        return struck.values().stream().mapToInt(Integer::intValue).sum();
    }

    public long rows() {
        return rows;
    }

    /** Writes it; with the complaint of the judges where there was one. */
    public void write(Path file, @Nullable Throwable complaint) throws IOException, InterruptedException {
        Duration took = Duration.between(begun, Instant.now()).truncatedTo(ChronoUnit.SECONDS);
        StringBuilder text = new StringBuilder("# Reliability report\n\n");
        text.append(
                        "An application in a process of its own handles what random writers commit, while it, its server and")
                .append(" the connection between them break again and again, half of the rounds over TLS. Every status")
                .append(" message is read on its way to the server. Written by `./mvnw verify -Preliability`; see")
                .append(" CONTRIBUTING.md.\n\n| | |\n|---|---|\n");
        line(text, "verdict", complaint == null ? "no violation" : "**FAILED**: " + firstLine(complaint));
        line(text, "asked for", asked);
        line(text, "commit", Repository.commit());
        line(text, "seed", seed);
        line(text, "PostgreSQL", server);
        line(
                text,
                "machine",
                Runtime.getRuntime().availableProcessors() + " processors, JDK " + System.getProperty("java.version"));
        line(text, "begun, took", begun + ", " + took);
        line(text, "rounds, each judged by itself", rounds);
        line(text, "crash cycles", cycles() + ", of them " + amongEvents + " among events");
        line(text, "committed and handled", transactions + " transactions, " + rows + " row changes");
        if (complaint == null) {
            line(text, "lost (O1)", 0);
            line(text, "out of order (O2)", 0);
            line(text, "confirmed too early (O3)", "0, in " + statuses + " status messages");
            line(text, "delivered again (O4)", deliveredAgain + ", each marked as perhaps not the first");
            line(text, "phantoms (O5)", 0);
        }
        text.append("\n| fault | struck |\n|---|---|\n");
        struck.forEach((fault, times) ->
                line(text, fault.name().toLowerCase(Locale.ROOT).replace('_', ' '), times));
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static String firstLine(Throwable complaint) {
        return String.valueOf(complaint.getMessage()).lines().findFirst().orElse("");
    }

    private static void line(StringBuilder text, String name, Object value) {
        text.append("| ").append(name).append(" | ").append(value).append(" |\n");
    }
}
