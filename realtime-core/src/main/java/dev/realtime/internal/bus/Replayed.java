package dev.realtime.internal.bus;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One attempt at a change that was put aside: whoever offers it waits for the word. Thread-safe. */
final class Replayed extends Telling {

    private final CompletableFuture<Void> told;

    Replayed(CompletableFuture<Void> told) {
        this.told = told;
    }

    @Override
    void tell(int events, @Nullable Throwable failure, long pauseNanos) {
        if (failure == null) {
            told.complete(null);
        } else {
            told.completeExceptionally(failure);
        }
    }
}
