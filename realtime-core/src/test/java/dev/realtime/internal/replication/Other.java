package dev.realtime.internal.replication;

import java.util.concurrent.CompletableFuture;

/** What another thread does once the reader is seen to wait on the socket: nothing here depends on timing. */
final class Other {

    private Other() {}

    /** Runs the action as soon as the calling thread is inside a raw read; gives the time at which it began. */
    static CompletableFuture<Long> onceWaiting(Runnable action) {
        return onceInside("timedRead", action);
    }

    /** Runs the action as soon as the calling thread waits in the middle of a message. */
    static CompletableFuture<Long> onceInsideAMessage(Runnable action) {
        return onceInside("readInsideMessage", action);
    }

    private static CompletableFuture<Long> onceInside(String method, Runnable action) {
        Thread reader = Thread.currentThread();
        return CompletableFuture.supplyAsync(() -> {
            while (!isInside(reader, method)) {
                Thread.onSpinWait();
            }
            long began = System.nanoTime();
            action.run();
            return began;
        });
    }

    private static boolean isInside(Thread thread, String method) {
        for (StackTraceElement frame : thread.getStackTrace()) {
            if (frame.getMethodName().equals(method)) {
                return true;
            }
        }
        return false;
    }
}
