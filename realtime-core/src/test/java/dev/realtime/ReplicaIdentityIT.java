package dev.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.realtime.error.SetupException;
import dev.realtime.error.SetupProblem;
import dev.realtime.event.Changes;
import dev.realtime.event.Delete;
import dev.realtime.event.Insert;
import dev.realtime.event.Update;
import dev.realtime.support.Item;
import dev.realtime.support.Received;
import dev.realtime.support.Streams;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an event contains by the table's REPLICA IDENTITY: one story, told under each. */
class ReplicaIdentityIT {

    /** What PostgreSQL logs of old rows, and what follows for events. */
    enum Identity {
        DEFAULT("", false),
        INDEX(
                "CREATE UNIQUE INDEX item_key ON item (id, code); ALTER TABLE item REPLICA IDENTITY USING INDEX item_key",
                false),
        FULL("ALTER TABLE item REPLICA IDENTITY FULL", true);

        private final String sql;
        private final boolean whole;

        Identity(String sql, boolean whole) {
            this.sql = sql;
            this.whole = whole;
        }
    }

    private static final String LARGE = "repeat('0123456789', 1000)";

    @RegisterExtension
    private final Streams streams = new Streams();

    private final Received<Item> received = new Received<>();

    private void table(String identity) throws Exception {
        streams.execute("CREATE TABLE item " + Item.COLUMNS, "ALTER TABLE item ALTER body SET STORAGE EXTERNAL");
        if (!identity.isEmpty()) {
            streams.execute(identity);
        }
    }

    @ParameterizedTest
    @EnumSource
    void an_insert_carries_the_whole_entity(Identity identity) throws Exception {
        table(identity.sql);
        streams.start(streams.items().on(Item.class, received));

        streams.execute("INSERT INTO item VALUES (1, 10, NULL, " + LARGE + ")");

        Insert<Item> insert = received.next(Insert.class);
        assertThat(insert.after()).hasToString("1/10/null/10000 chars");
        assertThat(insert.id()).isEqualTo(1L);
        assertThat(insert.unavailable()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void an_update_carries_the_state_before_and_the_changes_under_full_alone(Identity identity) throws Exception {
        table(identity.sql);
        streams.execute("INSERT INTO item VALUES (1, 10, 'one', 'short')");
        streams.start(streams.items().on(Item.class, received));

        streams.execute("UPDATE item SET name = NULL, body = 'other' WHERE id = 1");

        Update<Item> update = received.next(Update.class);
        assertThat(update.after()).hasToString("1/10/null/other");
        assertThat(update.id()).isEqualTo(1L);
        assertThat(update.oldId()).isEmpty();
        assertThat(update.unavailable()).isEmpty();
        if (identity.whole) {
            assertThat(update.before()).get().hasToString("1/10/one/short");
            assertThat(update.changes().asMap())
                    .containsOnlyKeys("name", "body")
                    .containsEntry("name", new Changes.Change("one", null))
                    .containsEntry("body", new Changes.Change("short", "other"));
        } else {
            assertThat(update.before()).isEmpty();
            assertThat(update.changes().isKnown()).isFalse();
            assertThatIllegalStateException()
                    .isThrownBy(() -> update.changes().contains("name"))
                    .withMessageContaining("FULL");
        }
    }

    @ParameterizedTest
    @EnumSource
    void an_update_that_changes_nothing_says_so(Identity identity) throws Exception {
        table(identity.sql);
        streams.execute("INSERT INTO item VALUES (1, 10, 'one', NULL)");
        streams.start(streams.items().on(Item.class, received));

        streams.execute("UPDATE item SET name = name WHERE id = 1");

        Update<Item> update = received.next(Update.class);
        assertThat(update.after()).hasToString("1/10/one/null");
        if (identity.whole) {
            assertThat(update.changes().asMap()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void an_update_of_the_key_tells_the_old_id(Identity identity) throws Exception {
        table(identity.sql);
        streams.execute("INSERT INTO item VALUES (1, 10, 'one', NULL)");
        streams.start(streams.items().on(Item.class, received));

        streams.execute("UPDATE item SET id = 2 WHERE id = 1");

        Update<Item> update = received.next(Update.class);
        assertThat(update.id()).isEqualTo(2L);
        assertThat(update.oldId()).contains(1L);
        assertThat(update.after()).hasToString("2/10/one/null");
        if (identity.whole) {
            assertThat(update.changes().asMap()).containsOnlyKeys("id").containsEntry("id", new Changes.Change(1L, 2L));
            assertThat(update.before()).get().hasToString("1/10/one/null");
        }
    }

    @Test
    void an_update_of_the_index_but_not_of_the_id_is_no_change_of_the_id() throws Exception {
        table(Identity.INDEX.sql);
        streams.execute("INSERT INTO item VALUES (1, 10, 'one', NULL)");
        streams.start(streams.items().on(Item.class, received));

        streams.execute("UPDATE item SET code = 11 WHERE id = 1");

        Update<Item> update = received.next(Update.class);
        assertThat(update.oldId()).isEmpty();
        assertThat(update.after()).hasToString("1/11/one/null");
    }

    @ParameterizedTest
    @EnumSource
    void a_large_value_that_did_not_change_is_unavailable_but_under_full(Identity identity) throws Exception {
        table(identity.sql);
        streams.execute("INSERT INTO item VALUES (1, 10, 'one', " + LARGE + ")");
        streams.start(streams.items().on(Item.class, received));

        streams.execute(
                "UPDATE item SET name = 'uno' WHERE id = 1",
                "UPDATE item SET body = NULL WHERE id = 1",
                "UPDATE item SET body = " + LARGE + " || 'x' WHERE id = 1");

        Update<Item> update = received.next(Update.class);
        if (identity.whole) {
            assertThat(update.after()).hasToString("1/10/uno/10000 chars");
            assertThat(update.unavailable()).isEmpty();
            assertThat(update.changes().asMap()).containsOnlyKeys("name");
        } else {
            assertThat(update.unavailable()).containsExactly("body");
            assertThat(update.after()).hasToString("1/10/uno/null");
        }
        Update<Item> toNull = received.next(Update.class);
        assertThat(toNull.after()).hasToString("1/10/uno/null");
        assertThat(toNull.unavailable()).as("this null was sent").isEmpty();
        Update<Item> toOther = received.next(Update.class);
        assertThat(toOther.after()).hasToString("1/10/uno/10001 chars");
    }

    @ParameterizedTest
    @EnumSource
    void a_delete_carries_the_id_and_under_full_the_whole_entity(Identity identity) throws Exception {
        table(identity.sql);
        streams.execute("INSERT INTO item VALUES (1, 10, NULL, " + LARGE + ")");
        streams.start(streams.items().on(Item.class, received));

        streams.execute("DELETE FROM item WHERE id = 1");

        Delete<Item> delete = received.next(Delete.class);
        assertThat(delete.id()).isEqualTo(1L);
        switch (identity) {
            case FULL -> {
                assertThat(delete.before()).get().hasToString("1/10/null/10000 chars");
                assertThat(delete.unavailable()).isEmpty();
            }
            case DEFAULT -> {
                assertThat(delete.before()).isEmpty();
                assertThat(delete.unavailable()).containsExactlyInAnyOrder("code", "name", "body");
            }
            case INDEX -> {
                assertThat(delete.before()).isEmpty();
                assertThat(delete.unavailable()).containsExactlyInAnyOrder("name", "body");
            }
        }
    }

    @Test
    void full_images_set_the_identity_to_full() throws Exception {
        table("");
        streams.execute("INSERT INTO item VALUES (1, 10, 'one', NULL)");
        streams.start(streams.items().fullImages(Item.class).on(Item.class, received));

        streams.execute("UPDATE item SET name = 'uno' WHERE id = 1");

        Update<Item> update = received.next(Update.class);
        assertThat(update.changes().contains("name")).isTrue();
        assertThat(update.before()).get().hasToString("1/10/one/null");
    }

    @Test
    void identity_nothing_is_refused_at_start_because_writers_would_fail() throws Exception {
        table("ALTER TABLE item REPLICA IDENTITY NOTHING");

        assertThatExceptionOfType(SetupException.class)
                .isThrownBy(() -> streams.start(streams.items().on(Item.class, received)))
                .satisfies(e -> {
                    assertThat(e.problem()).isEqualTo(SetupProblem.REPLICA_IDENTITY);
                    assertThat(e).hasMessageContaining("item").hasMessageContaining("REPLICA IDENTITY");
                });
    }

    @Test
    void under_identity_nothing_inserts_arrive_and_postgresql_refuses_the_rest() throws Exception {
        table("");
        streams.start(streams.items().on(Item.class, received));
        streams.execute("ALTER TABLE item REPLICA IDENTITY NOTHING", "INSERT INTO item VALUES (1, 10, 'one', NULL)");

        Insert<Item> insert = received.next(Insert.class);
        assertThat(insert.after()).hasToString("1/10/one/null");
        for (String refused :
                new String[] {"UPDATE item SET name = 'uno'", "UPDATE item SET id = 2", "DELETE FROM item"}) {
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> streams.execute(refused))
                    .satisfies(e -> assertThat(e.getSQLState()).isEqualTo("55000"));
        }
    }

    @Test
    void the_identity_may_be_switched_while_the_stream_runs() throws Exception {
        table("");
        streams.execute("INSERT INTO item VALUES (1, 10, 'one', NULL)");
        streams.start(streams.items().on(Item.class, received));

        streams.execute(
                "UPDATE item SET name = 'a'",
                "ALTER TABLE item REPLICA IDENTITY FULL",
                "UPDATE item SET name = 'b'",
                "ALTER TABLE item REPLICA IDENTITY DEFAULT",
                "UPDATE item SET name = 'c'");

        Update<Item> first = received.next(Update.class);
        Update<Item> second = received.next(Update.class);
        Update<Item> third = received.next(Update.class);
        assertThat(first.changes().isKnown()).isFalse();
        assertThat(second.changes().asMap()).containsEntry("name", new Changes.Change("a", "b"));
        assertThat(third.changes().isKnown()).isFalse();
    }
}
