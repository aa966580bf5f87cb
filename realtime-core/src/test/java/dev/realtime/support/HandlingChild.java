package dev.realtime.support;

import dev.realtime.Realtime;
import dev.realtime.faultbed.ledger.HandledLog;
import dev.realtime.faultbed.process.ChildJvm;
import dev.realtime.faultbed.server.PostgresServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** A JVM to be killed, or asked to end: it handles the ledger's events until then. Arguments: address, slot, log. */
public final class HandlingChild {

    public static final String BEGINS = "begins";
    public static final String STREAMS = "streams";

    private HandlingChild() {}

    public static void main(String[] arguments) throws InterruptedException {
        ChildJvm.endWithParent();
        System.out.println(BEGINS);
        Realtime realtime = Realtime.register(LedgerRow.class)
                .from(PlainMapping.all(LedgerRow.mapping()))
                .connectingTo(arguments[0], PostgresServer.SUPERUSER, () -> null)
                .slot(arguments[1])
                .walSenderTimeout(Duration.ofSeconds(2))
                .startTimeout(Duration.ofSeconds(30))
                .on(LedgerRow.class, LedgerRow.testifyingTo(HandledLog.open(Path.of(arguments[2]))))
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(realtime::close, "close"));
        System.out.println(STREAMS);
        new CountDownLatch(1).await();
    }
}
