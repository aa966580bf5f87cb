package dev.realtime.support;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.event.Delete;
import dev.realtime.event.Insert;
import dev.realtime.event.RealtimeEvent;
import dev.realtime.event.Update;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What is written to the table {@code item}, and the events that come of it.
 *
 * @param title a sentence
 * @param since the oldest version of PostgreSQL that can tell it
 * @param given SQL before the stream starts; the table is there already
 * @param told SQL while it runs, in one session
 * @param end what is written last, so that it is seen that nothing came before it but what was expected
 * @param events what comes of {@code told}, in words
 */
public record Story(String title, int since, List<String> given, List<String> told, String end, List<String> events) {

    private static final String END = "INSERT INTO item (id, code, name) VALUES (99, 99, 'end')";

    public static Story of(String title) {
        return new Story(title, 14, List.of(), List.of(), END, List.of());
    }

    public Story since(int version) {
        return new Story(title, version, given, told, end, events);
    }

    public Story given(String... statements) {
        return new Story(title, since, List.of(statements), told, end, events);
    }

    public Story told(String... statements) {
        return new Story(title, since, given, List.of(statements), end, events);
    }

    /** Where the table has another name at the end. */
    public Story endingIn(String table) {
        return new Story(title, since, given, told, END.replace("INTO item", "INTO " + table), events);
    }

    public Story becomes(String... said) {
        return new Story(title, since, given, told, end, List.of(said));
    }

    /** Tells it and compares what is received. */
    public void tell(Streams streams) throws Exception {
        Received<Item> received = new Received<>();
        streams.execute("CREATE TABLE item " + Item.COLUMNS);
        streams.execute(filled(given, streams));
        streams.start(streams.items().on(Item.class, received));

        List<String> statements = new ArrayList<>(told);
        statements.add(end);
        streams.execute(filled(statements, streams));

        List<String> said = new ArrayList<>();
        for (RealtimeEvent<Item> event = received.next(); !isEnd(event); event = received.next()) {
            said.add(inWords(event));
        }
        assertThat(said).containsExactlyElementsOf(events);
    }

    private static String[] filled(List<String> statements, Streams streams) {
        return statements.stream()
                .map(sql -> sql.replace("$pub", streams.slot()))
                .toArray(String[]::new);
    }

    private static boolean isEnd(RealtimeEvent<Item> event) {
        return event instanceof Insert<Item> insert && Long.valueOf(99).equals(insert.id());
    }

    /** Such as {@code update 2/10/uno/null from 1 without [body]}. */
    public static String inWords(RealtimeEvent<Item> event) {
        if (event instanceof Insert<Item> insert) {
            return "insert " + insert.after() + without(insert.unavailable());
        }
        if (event instanceof Update<Item> update) {
            return "update " + update.after()
                    + update.oldId().map(id -> " from " + id).orElse("") + without(update.unavailable());
        }
        if (event instanceof Delete<Item> delete) {
            return "delete " + delete.id()
                    + delete.before().map(item -> " " + item).orElse("");
        }
        return event.action().name().toLowerCase(Locale.ROOT);
    }

    private static String without(Set<String> unavailable) {
        return unavailable.isEmpty() ? "" : " without " + unavailable;
    }

    /** Those that the server can tell. */
    public static Stream<Story> on(int version, Story... stories) {
        return Stream.of(stories).filter(story -> story.since <= version);
    }

    @Override
    public String toString() {
        return title;
    }
}
