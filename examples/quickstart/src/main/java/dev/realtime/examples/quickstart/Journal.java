package dev.realtime.examples.quickstart;

import dev.realtime.event.Delete;
import dev.realtime.event.Insert;
import dev.realtime.event.RealtimeEvent;
import dev.realtime.event.Update;
import java.io.PrintStream;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The application that listens: it prints each event, and keeps what the tables must hold by the events alone. Each handler
 * is called on a thread of its own, so what they share is guarded.
 */
final class Journal {

    private final PrintStream out;
    private final Set<String> seen = new HashSet<>();
    private final Map<Long, User> users = new TreeMap<>();
    private final Map<Long, Order> orders = new TreeMap<>();

    Journal(PrintStream out) {
        this.out = out;
    }

    synchronized void user(RealtimeEvent<User> event) {
        once(event, () -> userChanged(event));
    }

    synchronized void order(RealtimeEvent<Order> event) {
        once(event, () -> orderChanged(event));
    }

    /** After a broken connection a change may come again. Its event id stays the same. */
    private void once(RealtimeEvent<?> event, Runnable handling) {
        if (!seen.contains(event.eventId())) {
            handling.run();
            seen.add(event.eventId());
            notifyAll();
        }
    }

    /** Under the default replica identity: what is new is known, and of what was there before, the key. */
    private void userChanged(RealtimeEvent<User> event) {
        if (event instanceof Insert<User> insert) {
            users.put(insert.id(Long.class), insert.after());
            print("INSERT " + insert.after());
        } else if (event instanceof Update<User> update) {
            users.put(update.id(Long.class), update.after());
            print("UPDATE " + update.after());
        } else if (event instanceof Delete<User> delete) {
            users.remove(delete.id(Long.class));
            print("DELETE User " + delete.id());
        }
    }

    /** With full images: what was there before is known as well. */
    private void orderChanged(RealtimeEvent<Order> event) {
        if (event instanceof Insert<Order> insert) {
            orders.put(insert.id(Long.class), insert.after());
            print("INSERT " + insert.after());
        } else if (event instanceof Update<Order> update) {
            orders.put(update.id(Long.class), update.after());
            print("UPDATE Order " + update.id() + ": " + changes(update));
        } else if (event instanceof Delete<Order> delete) {
            orders.remove(delete.id(Long.class));
            print("DELETE " + delete.before().orElseThrow());
        }
    }

    private static String changes(Update<Order> update) {
        return update.changes().asMap().entrySet().stream()
                .map(change -> change.getKey() + " " + change.getValue().before() + " -> "
                        + change.getValue().after())
                .collect(Collectors.joining(", "));
    }

    private void print(String line) {
        out.println("  " + line);
    }

    /** Returns once so many changes have come, or when the time is over. */
    synchronized void await(int changes, Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        long left = timeout.toMillis();
        while (seen.size() < changes && left > 0) {
            wait(left);
            left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
        }
    }

    synchronized int changes() {
        return seen.size();
    }

    /** Every entity that must be in the database by what the events said, one line for each. */
    synchronized List<String> entities() {
        return Stream.of(users, orders)
                .flatMap(entities -> entities.values().stream())
                .map(Object::toString)
                .toList();
    }
}
