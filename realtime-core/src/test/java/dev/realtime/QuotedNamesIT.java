package dev.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.event.Changes;
import dev.realtime.event.Delete;
import dev.realtime.event.Insert;
import dev.realtime.event.Truncate;
import dev.realtime.event.Update;
import dev.realtime.support.Item;
import dev.realtime.support.PlainMapping;
import dev.realtime.support.Received;
import dev.realtime.support.Streams;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A name is whatever PostgreSQL takes for one: the same story with schema, table, columns and publication named so. */
class QuotedNamesIT {

    @RegisterExtension
    private final Streams streams = new Streams();

    private final Received<Item> received = new Received<>();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Two Words, a.dot, it's",
                "say \"so\"",
                "\\back\\",
                "-- $1 ? %s ${x}; /* */",
                "select",
                "übergröße_日本語_😀",
                "sixty-three bytes: a name as long as PostgreSQL keeps it whole."
            })
    void a_whole_story_is_told(String name) throws Exception {
        String other = name.substring(1) + '!';
        String quoted = quoted(name);
        String text = quoted(other);
        String table = quoted + '.' + quoted;
        streams.execute(
                "CREATE SCHEMA " + quoted,
                "CREATE TABLE " + table + " (" + quoted + " bigint PRIMARY KEY, " + text + " text)");
        PlainMapping<Item> mapping = PlainMapping.of(Item.class, Item::new, name, name)
                .id("id", name, Long.class, (item, value) -> item.id = value)
                .with("name", other, String.class, (item, value) -> item.name = value);
        RealtimeBuilder builder = Realtime.register(Item.class)
                .from(PlainMapping.all(mapping))
                .connectingTo(streams.database().url(), "postgres", () -> null)
                .slot(streams.slot())
                .publication(name)
                .fullImages(Item.class)
                .on(Item.class, received);
        assertThat(builder.setup().plan().sql()).contains(quoted);
        streams.start(builder);

        streams.execute(
                "INSERT INTO " + table + " VALUES (1, 'one')",
                "UPDATE " + table + " SET " + text + " = 'uno', " + quoted + " = 2",
                "DELETE FROM " + table,
                "TRUNCATE " + table);

        Insert<Item> insert = received.next(Insert.class);
        assertThat(insert.after()).hasToString("1/null/one/null");
        Update<Item> update = received.next(Update.class);
        assertThat(update.after()).hasToString("2/null/uno/null");
        assertThat(update.oldId()).contains(1L);
        assertThat(update.changes().asMap()).containsEntry("name", new Changes.Change("one", "uno"));
        Delete<Item> delete = received.next(Delete.class);
        assertThat(delete.before()).get().hasToString("2/null/uno/null");
        Truncate<Item> truncate = received.next(Truncate.class);
        assertThat(truncate.model()).isEqualTo("Item");
        assertThat(builder.setup().plan().isEmpty()).isTrue();
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    @Test
    void a_name_of_the_one_case_is_not_that_of_the_other() throws Exception {
        streams.execute("CREATE TABLE item " + Item.COLUMNS, "CREATE TABLE \"Item\" " + Item.COLUMNS);
        streams.start(streams.items("public", "Item").on(Item.class, received));

        streams.execute("INSERT INTO item VALUES (1, 1)", "INSERT INTO \"Item\" VALUES (2, 2)");

        assertThat(received.next().id()).isEqualTo(2L);
        assertThat(received.waiting()).isZero();
    }
}
