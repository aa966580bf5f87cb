package dev.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.error.MappingException;
import dev.realtime.faultbed.server.SharedServer;
import dev.realtime.support.Eventually;
import dev.realtime.support.Item;
import dev.realtime.support.Received;
import dev.realtime.support.Story;
import dev.realtime.support.Streams;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tables change, move and come anew under a running stream: each row is read as the table was when it was written. */
class TableStoriesIT {

    /** A root whose second leaf has its columns in another order. */
    private static final String[] PARTITIONED = {
        "DROP TABLE item",
        "CREATE TABLE item " + Item.COLUMNS + " PARTITION BY RANGE (id)",
        "CREATE TABLE low PARTITION OF item FOR VALUES FROM (0) TO (50)",
        "CREATE TABLE high (body text, name text, code int NOT NULL, id bigint PRIMARY KEY)",
        "ALTER TABLE item ATTACH PARTITION high FOR VALUES FROM (50) TO (100)"
    };

    @RegisterExtension
    private final Streams streams = new Streams();

    static Stream<Story> changes() {
        return Story.on(
                SharedServer.get().majorVersion(),
                Story.of("columns come and go within a transaction")
                        .told("BEGIN; INSERT INTO item VALUES (1, 1); ALTER TABLE item ADD extra int DEFAULT 5;"
                                + " INSERT INTO item VALUES (2, 2, 'b', 'c', 6); ALTER TABLE item DROP COLUMN extra;"
                                + " INSERT INTO item VALUES (3, 3); ALTER TABLE item ADD extra text;"
                                + " INSERT INTO item VALUES (4, 4, 'd', 'e', 'f'); COMMIT")
                        .becomes("insert 1/1/null/null", "insert 2/2/b/c", "insert 3/3/null/null", "insert 4/4/d/e"),
                Story.of("an attribute whose column was renamed is unavailable, not null")
                        .told(
                                "ALTER TABLE item RENAME name TO title",
                                "INSERT INTO item VALUES (1, 1, 'a')",
                                "ALTER TABLE item RENAME title TO name",
                                "UPDATE item SET name = 'b'")
                        .becomes("insert 1/1/null/null without [name]", "update 1/1/b/null"),
                Story.of("a table that is renamed or moved is still the entity's")
                        .told(
                                "ALTER TABLE item RENAME TO thing",
                                "INSERT INTO thing VALUES (1, 1)",
                                "CREATE SCHEMA elsewhere",
                                "ALTER TABLE thing SET SCHEMA elsewhere",
                                "INSERT INTO elsewhere.thing VALUES (2, 2)")
                        .endingIn("elsewhere.thing")
                        .becomes("insert 1/1/null/null", "insert 2/2/null/null"),
                Story.of("a table that is dropped and made anew is the entity's once it is published")
                        .told(
                                "INSERT INTO item VALUES (1, 1)",
                                "BEGIN; DROP TABLE item; CREATE TABLE item (name text, id bigint PRIMARY KEY, code int, body text);"
                                        + " ALTER PUBLICATION $pub ADD TABLE item; INSERT INTO item VALUES ('b', 2); COMMIT")
                        .becomes("insert 1/1/null/null", "insert 2/null/b/null"),
                Story.of("a column's type may change to one that its attribute can hold")
                        .told(
                                "INSERT INTO item VALUES (1, 1, 'a', '{\"k\":1}')",
                                "ALTER TABLE item ALTER name TYPE varchar(10), ALTER body TYPE jsonb USING body::jsonb",
                                "UPDATE item SET name = 'b'")
                        .becomes("insert 1/1/a/{\"k\":1}", "update 1/1/b/{\"k\": 1}"),
                Story.of("a table that is rewritten has not changed")
                        .given("INSERT INTO item VALUES (1, 1, 'a')")
                        .told(
                                "ALTER TABLE item ADD at timestamptz DEFAULT clock_timestamp()",
                                "VACUUM FULL item",
                                "CLUSTER item USING item_pkey",
                                "REINDEX TABLE item",
                                "UPDATE item SET name = 'b'")
                        .becomes("update 1/1/b/null"),
                Story.of("indexes come and go")
                        .given("INSERT INTO item VALUES (1, 1, 'a')")
                        .told(
                                "CREATE INDEX CONCURRENTLY item_name ON item (name)",
                                "UPDATE item SET name = 'b'",
                                "DROP INDEX CONCURRENTLY item_name",
                                "UPDATE item SET id = 2")
                        .becomes("update 1/1/b/null", "update 2/1/b/null from 1"),
                Story.of("what happens while a table is not published is not told")
                        .told(
                                "INSERT INTO item VALUES (1, 1)",
                                "ALTER PUBLICATION $pub DROP TABLE item",
                                "INSERT INTO item VALUES (2, 2)",
                                "ALTER PUBLICATION $pub ADD TABLE item",
                                "INSERT INTO item VALUES (3, 3)")
                        .becomes("insert 1/1/null/null", "insert 3/3/null/null"));
    }

    static Stream<Story> partitions() {
        return Story.on(
                SharedServer.get().majorVersion(),
                Story.of("rows of every partition are the root's, whatever the order of their columns")
                        .given(PARTITIONED)
                        .told(
                                "INSERT INTO item VALUES (1, 1, 'low', 'a'), (60, 6, 'high', 'b')",
                                "UPDATE item SET code = 9")
                        .becomes("insert 1/1/low/a", "insert 60/6/high/b", "update 1/9/low/a", "update 60/9/high/b"),
                Story.of("a row that moves to another partition is deleted and inserted")
                        .given(PARTITIONED)
                        .told("INSERT INTO item VALUES (1, 1, 'a')", "UPDATE item SET id = 61")
                        .becomes("insert 1/1/a/null", "delete 1", "insert 61/1/a/null"),
                Story.of("a truncation of the root is told, that of a leaf is not")
                        .given(PARTITIONED)
                        .told("INSERT INTO item VALUES (1, 1)", "TRUNCATE low", "TRUNCATE item")
                        .becomes("insert 1/1/null/null", "truncate"),
                Story.of("a partition that is added later is told of")
                        .given(PARTITIONED)
                        .told(
                                "CREATE TABLE top PARTITION OF item FOR VALUES FROM (100) TO (200)",
                                "INSERT INTO item VALUES (150, 1)",
                                "DELETE FROM item WHERE id > 100")
                        .becomes("insert 150/1/null/null", "delete 150"),
                Story.of("a partition is told of while it is attached")
                        .since(15) // 14 goes on under the root's name until its session ends
                        .given(PARTITIONED)
                        .told(
                                "ALTER TABLE item DETACH PARTITION high",
                                "INSERT INTO high (id, code) VALUES (60, 1)",
                                "ALTER TABLE item ATTACH PARTITION high FOR VALUES FROM (50) TO (100)",
                                "DELETE FROM item")
                        .becomes("delete 60"),
                Story.of("rows of partitions of partitions are the root's")
                        .given(
                                "DROP TABLE item",
                                "CREATE TABLE item " + Item.COLUMNS + " PARTITION BY RANGE (id)",
                                "CREATE TABLE part PARTITION OF item FOR VALUES FROM (0) TO (100) PARTITION BY HASH (id)",
                                "CREATE TABLE leaf PARTITION OF part FOR VALUES WITH (MODULUS 1, REMAINDER 0)")
                        .told("INSERT INTO leaf VALUES (1, 1)", "UPDATE part SET code = 2", "DELETE FROM item")
                        .becomes("insert 1/1/null/null", "update 1/2/null/null", "delete 1"));
    }

    @ParameterizedTest
    @MethodSource({"changes", "partitions"})
    void is_followed(Story story) throws Exception {
        story.tell(streams);
    }

    @Test
    void an_entity_may_be_a_single_partition() throws Exception {
        streams.execute("CREATE TABLE item " + Item.COLUMNS);
        streams.execute(PARTITIONED);
        Received<Item> received = new Received<>();
        streams.start(streams.items("public", "high").on(Item.class, received));

        streams.execute("INSERT INTO item VALUES (1, 1, 'low'), (60, 6, 'high')");

        assertThat(Story.inWords(received.next())).isEqualTo("insert 60/6/high/null");
        assertThat(received.waiting()).isZero();
    }

    @Test
    void a_row_without_the_columns_of_the_id_fails_its_subscription_and_is_confirmed_by_nobody() throws Exception {
        streams.execute("CREATE TABLE item " + Item.COLUMNS);
        Received<Item> received = new Received<>();
        Realtime realtime = streams.start(
                streams.items().stopTimeout(Duration.ofMillis(100)).on(Item.class, received));

        streams.execute("ALTER TABLE item RENAME id TO number", "INSERT INTO item VALUES (1, 1, 'a')");

        Eventually.equal(true, () -> realtime.status().subscriptions().get(0).failures() > 0);
        assertThat(realtime.status().subscriptions().get(0).lastError())
                .isInstanceOf(MappingException.class)
                .hasMessageContaining("Item.id");
        assertThat(received.waiting()).isZero();
    }
}
