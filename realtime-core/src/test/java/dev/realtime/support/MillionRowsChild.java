package dev.realtime.support;

import dev.realtime.Realtime;
import dev.realtime.RealtimeBuilder;
import dev.realtime.event.EventHandler;
import dev.realtime.event.Insert;
import dev.realtime.event.RealtimeEvent;
import dev.realtime.faultbed.process.ChildJvm;
import dev.realtime.faultbed.server.PostgresServer;
import java.util.concurrent.CountDownLatch;

/**
 * A JVM with little memory that handles one big transaction and says whether every row came, in order. Arguments: address,
 * slot, how many rows.
 */
public final class MillionRowsChild implements EventHandler<RealtimeEvent<LedgerRow>> {

    public static final String STREAMS = "STREAMING";
    public static final String DONE = "all in order, ms: ";

    private final long rows;
    private final CountDownLatch done = new CountDownLatch(1);
    private long next;
    private long begunNanos;

    private MillionRowsChild(long rows) {
        this.rows = rows;
    }

    public static void main(String[] arguments) throws InterruptedException {
        ChildJvm.endWithParent();
        MillionRowsChild handler = new MillionRowsChild(Long.parseLong(arguments[2]));
        RealtimeBuilder builder = Realtime.register(LedgerRow.class)
                .from(PlainMapping.all(LedgerRow.mapping()))
                .connectingTo(arguments[0], PostgresServer.SUPERUSER, () -> null)
                .slot(arguments[1])
                .on(LedgerRow.class, handler);
        try (Realtime realtime = builder.start()) {
            System.out.println(realtime.status().state());
            handler.done.await();
            System.out.println(DONE + (System.nanoTime() - handler.begunNanos) / 1_000_000);
            new CountDownLatch(1).await();
        }
    }

    @Override
    public void handle(RealtimeEvent<LedgerRow> event) {
        if (next == 0) {
            begunNanos = System.nanoTime();
        }
        boolean inOrder = event instanceof Insert<LedgerRow> insert
                && insert.position().ordinal() == next
                && insert.id().equals(next)
                && ("row " + next).equals(insert.after().body);
        if (!inOrder) {
            System.out.println("expected row " + next + ", got " + event.id() + " at " + event.position());
            Runtime.getRuntime().halt(2);
        }
        next++;
        if (next == rows) {
            done.countDown();
        }
    }
}
