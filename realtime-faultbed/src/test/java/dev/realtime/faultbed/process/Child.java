package dev.realtime.faultbed.process;

import dev.realtime.faultbed.server.PostgresServer;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What the tests let a child do, by its first argument. */
final class Child {

    private Child() {}

    public static void main(String[] arguments) throws InterruptedException {
        ChildJvm.endWithParent();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("hook ran")));
        System.out.println("heap " + Runtime.getRuntime().maxMemory());
        switch (arguments[0]) {
            case "count" -> count();
            case "wait" -> new CountDownLatch(1).await();
            case "server" -> {
                PostgresServer server = PostgresServer.builder().start();
                System.out.println("port " + server.port());
                new CountDownLatch(1).await();
            }
            default -> System.exit(Integer.parseInt(arguments[0]));
        }
    }

    private static void count() throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        for (int i = 0; !never.await(Duration.ofMillis(5).toMillis(), TimeUnit.MILLISECONDS); i++) {
            System.out.println("count " + i);
        }
    }
}
