package dev.realtime.examples.quickstart;

import dev.realtime.Realtime;
import dev.realtime.RealtimeBuilder;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Map;

/**
 * Writes to a database in three ways, breaks the stream of changes once, and prints what arrives. It ends with exit code 0
 * if every change arrived, with 1 if one is missing.
 */
public final class Quickstart {

    private static final String SLOT = "shop";

    private final Shop shop;
    private final Journal journal;
    private final PrintStream out;
    private int written;

    private Quickstart(Shop shop, Journal journal, PrintStream out) {
        this.shop = shop;
        this.journal = journal;
        this.out = out;
    }

    public static void main(String[] args) throws Exception {
        System.exit(run(System.out) ? 0 : 1);
    }

    static boolean run(PrintStream out) throws Exception {
        try (EmbeddedPostgres server = Server.start()) {
            String url = server.getJdbcUrl("postgres", "postgres");
            try (EntityManagerFactory hibernate =
                    Persistence.createEntityManagerFactory("shop", Map.of("jakarta.persistence.jdbc.url", url))) {
                Journal journal = new Journal(out);
                RealtimeBuilder stream = Realtime.register(User.class, Order.class)
                        .from(hibernate)
                        .connectingTo(url, "postgres", () -> "postgres")
                        .slot(SLOT)
                        .fullImages(Order.class)
                        .on(User.class, journal::user)
                        .on(Order.class, journal::order);

                out.println("What the server lacks for this, and start() adds");
                stream.setup().plan().sql().lines().forEach(line -> out.println("  " + line));
                try (Realtime realtime = stream.start()) {
                    Shop shop = new Shop(hibernate, server.getPostgresDatabase());
                    return new Quickstart(shop, journal, out).show(realtime);
                }
            }
        }
    }

    private boolean show(Realtime realtime) throws Exception {
        show("Hibernate persists two users and two orders", shop::persistEntities);
        show("One bulk UPDATE in JPQL", shop::updateInBulk);
        show("Plain SQL that Hibernate never sees", shop::writePlainSql);
        show("Ten transactions, and the server cuts our connection in their midst", this::writeThroughCut);
        return nothingWasMissed(realtime);
    }

    private void show(String title, Writing writing) throws Exception {
        out.println(title);
        written += writing.write();
        journal.await(written, Duration.ofSeconds(20));
    }

    private int writeThroughCut() throws Exception {
        int rows = 0;
        for (int part = 1; part <= 10; part++) {
            rows += shop.orderPart(part);
            if (part == 5) {
                out.println("  (here it is cut)");
                shop.cutReplicationConnection(SLOT);
            }
        }
        return rows;
    }

    private boolean nothingWasMissed(Realtime realtime) {
        boolean same = written == journal.changes() && shop.rows().equals(journal.entities());
        out.println("What the database says and what the events said");
        out.println("  rows written: " + written + ", changes that arrived: " + journal.changes());
        out.println("  rows in the tables: " + shop.rows().size() + ", entities by the events: "
                + journal.entities().size());
        out.println("  times the stream was opened: " + realtime.status().sessions());
        out.println(same ? "Nothing was missed." : "SOMETHING WAS MISSED.");
        return same;
    }

    /** Writes, and tells how many rows. */
    private interface Writing {
        int write() throws Exception;
    }
}
