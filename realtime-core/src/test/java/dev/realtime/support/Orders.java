package dev.realtime.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * What a child is told by files: to hold its next transaction at a moment, and to let it go on. Used on the parent's side by
 * one thread and on the child's by the handler's.
 */
public final class Orders {

    private static final Duration LOOK = Duration.ofMillis(2);

    /** A moment of a transaction in which an effect and a place are written. */
    public enum Moment {
        /** The effect is written, the place is not: no other instance's way is barred. */
        WRITTEN,
        /** The place is written too: its row is locked. */
        STORED,
        /** Both are committed, and the library does not know of it. */
        COMMITTED
    }

    private final Path file;
    private int given;

    // The child's side
    private Moment awaited;
    private String order = "";

    public Orders(Path file) {
        this.file = file;
    }

    /** What the child prints when it holds. */
    public String holding(Moment moment) {
        return "holds " + moment + " " + given;
    }

    private Path released(String what) {
        return file.resolveSibling(file.getFileName() + "." + what.replace(' ', '-'));
    }

    /** The next transaction is to hold at a moment. */
    public void hold(Moment moment) {
        given++;
        write(file, moment + " " + given);
    }

    /** What holds goes on. */
    public void release(Moment moment) {
        write(released(moment + " " + given), "go on");
    }

    private static void write(Path file, String words) {
        try {
            Path draft = file.resolveSibling(file.getFileName() + ".draft");
            Files.writeString(draft, words);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** On the child's side: a transaction begins. */
    void begin() throws IOException {
        awaited = null;
        if (Files.exists(file)) {
            order = Files.readString(file);
            awaited = Moment.valueOf(order.substring(0, order.indexOf(' ')));
            Files.delete(file);
        }
    }

    /** On the child's side: it is at a moment. Returns at once, or when it may go on. */
    void reach(Moment moment) {
        if (moment == awaited) {
            awaited = null;
            System.out.println("holds " + order);
            while (!Files.exists(released(order))) {
                LockSupport.parkNanos(LOOK.toNanos());
            }
        }
    }
}
