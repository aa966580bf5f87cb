package dev.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.event.Insert;
import dev.realtime.faultbed.server.PostgresServer;
import dev.realtime.faultbed.server.SharedServer;
import dev.realtime.support.Eventually;
import dev.realtime.support.Item;
import dev.realtime.support.PlainMapping;
import dev.realtime.support.Received;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A database keeps its texts in whatever encoding; they arrive as Java's. */
class EncodingIT {

    private final PostgresServer server = SharedServer.get();
    private final String name = "encoded_" + UUID.randomUUID().toString().substring(0, 8);
    private final Received<Item> received = new Received<>();
    private Realtime realtime;

    private void start(String encoding) throws Exception {
        server.execute("CREATE DATABASE " + name + " ENCODING '" + encoding
                + "' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0");
        execute("CREATE TABLE item " + Item.COLUMNS.replace("name", "\"größe\""));
        PlainMapping<Item> mapping = PlainMapping.of(Item.class, Item::new, "public", "item")
                .id("id", "id", Long.class, (item, value) -> item.id = value)
                .with("name", "größe", String.class, (item, value) -> item.name = value);
        realtime = Realtime.register(Item.class)
                .from(PlainMapping.all(mapping))
                .connectingTo(server.url(name), PostgresServer.SUPERUSER, () -> null)
                .slot(name)
                .publication("veröffentlicht")
                .stopTimeout(Duration.ofMillis(200))
                .on(Item.class, received)
                .start();
    }

    private void execute(String sql) throws Exception {
        try (Connection connection = server.connect(name, PostgresServer.SUPERUSER);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @AfterEach
    void drop() throws Exception {
        realtime.close();
        server.execute("SELECT pg_drop_replication_slot('" + name + "')", "DROP DATABASE " + name + " WITH (FORCE)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"LATIN1", "EUC_JIS_2004", "SQL_ASCII"})
    void texts_and_names_arrive_whole(String encoding) throws Exception {
        start(encoding);

        execute("INSERT INTO item VALUES (1, 1, 'größe')");

        Insert<Item> insert = received.next(Insert.class);
        assertThat(insert.after().name).isEqualTo("größe");
    }

    @Test
    void bytes_that_are_no_text_end_the_stream_and_are_never_guessed() throws Exception {
        start("SQL_ASCII");

        execute("INSERT INTO item VALUES (1, 1, convert_from('\\x67f6df65', 'SQL_ASCII'))");

        Eventually.equal(RealtimeStatus.State.FAILED, () -> realtime.status().state());
        assertThat(realtime.status().lastError()).hasMessageContaining(name).hasMessageContaining("22021");
        assertThat(received.waiting()).isZero();
    }
}
