package dev.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.error.DecodingException;
import dev.realtime.error.SetupException;
import dev.realtime.error.SetupProblem;
import dev.realtime.event.Delete;
import dev.realtime.event.Insert;
import dev.realtime.event.Update;
import dev.realtime.faultbed.server.PostgresServer;
import dev.realtime.faultbed.server.SharedServer;
import dev.realtime.faultbed.server.TestDatabase;
import dev.realtime.support.Eventually;
import dev.realtime.support.PlainMapping;
import dev.realtime.support.Received;
import dev.realtime.type.TypeRegistry;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A stream in binary form brings the same events as one in text, with the application's own decoders too. */
class BinaryIT {

    /** The columns by their names. */
    static final class Parcel {
        final Map<String, Object> values = new LinkedHashMap<>();
    }

    /** What the application makes of the composite. */
    record Place(String street, Integer number, BigDecimal price) {}

    private final TestDatabase database = SharedServer.database();
    private final Received<Parcel> received = new Received<>();
    private Realtime realtime;

    @BeforeEach
    void createTable() throws Exception {
        database.execute(
                "CREATE EXTENSION citext",
                "CREATE TYPE mood AS ENUM ('sad', 'ok')",
                "CREATE DOMAIN label AS citext",
                "CREATE DOMAIN price AS numeric",
                "CREATE TYPE place AS (street label, number int4, price price)",
                "CREATE TABLE parcel (id int8 PRIMARY KEY, at timestamptz, moods mood[], label label, labels citext[],"
                        + " place place, places place[], granted aclitem, kind regclass, days daterange)",
                "ALTER TABLE parcel REPLICA IDENTITY FULL");
    }

    @AfterEach
    void close() throws Exception {
        realtime.close();
        database.execute("SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE slot_name = '"
                + database.name() + "'");
        database.close();
    }

    private void start(boolean binary, String... columns) {
        PlainMapping<Parcel> mapping = PlainMapping.of(Parcel.class, Parcel::new, "public", "parcel")
                .id("id", "id", Long.class, (parcel, value) -> parcel.values.put("id", value));
        for (String column : columns) {
            mapping.with(column, column, Object.class, (parcel, value) -> parcel.values.put(column, value));
        }
        TypeRegistry types = TypeRegistry.builder()
                .register(
                        "public",
                        "citext",
                        (bytes, offset, length) ->
                                "<" + new String(bytes, offset, length, StandardCharsets.UTF_8) + ">")
                .registerComposite(
                        "public",
                        "place",
                        fields ->
                                new Place((String) fields.get(0), (Integer) fields.get(1), (BigDecimal) fields.get(2)))
                .build();
        RealtimeBuilder builder = Realtime.register(Parcel.class)
                .from(PlainMapping.all(mapping))
                .connectingTo(database.url(), PostgresServer.SUPERUSER, () -> null)
                .slot(database.name())
                .types(types)
                .on(Parcel.class, received);
        realtime = (binary ? builder.binary() : builder).start();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void events_are_the_same_in_either_form(boolean binary) throws Exception {
        start(binary, "at", "moods", "label", "labels", "place", "places", "granted", "days");

        database.execute(
                "INSERT INTO parcel VALUES (1, '2024-01-02 03:04:05.6+00', '{sad,NULL,ok}', 'Big', '{a,B}',"
                        + " '(\"Main, 1\",5,1.50)', '{\"(x,,)\",NULL}', '=r/postgres', 'pg_class', '[2024-01-01,2024-01-05)')",
                "UPDATE parcel SET at = NULL, label = 'big' WHERE id = 1",
                "DELETE FROM parcel");

        Insert<Parcel> insert = received.next(Insert.class);
        Map<String, Object> values = insert.after().values;
        assertThat(values.get("id")).isEqualTo(1L);
        assertThat(values.get("at")).isEqualTo(OffsetDateTime.parse("2024-01-02T03:04:05.6Z"));
        assertThat(values.get("moods")).isEqualTo(new Object[] {"sad", null, "ok"});
        assertThat(values.get("label")).isEqualTo("<Big>");
        assertThat(values.get("labels")).isEqualTo(new Object[] {"<a>", "<B>"});
        assertThat(values.get("place")).isEqualTo(new Place("<Main, 1>", 5, new BigDecimal("1.50")));
        assertThat(values.get("places")).isEqualTo(new Object[] {new Place("<x>", null, null), null});
        assertThat(values.get("granted")).isEqualTo("=r/postgres");
        assertThat(values.get("days")).isEqualTo("[2024-01-01,2024-01-05)");
        Update<Parcel> update = received.next(Update.class);
        assertThat(update.changes().asMap().keySet()).containsExactlyInAnyOrder("at", "label");
        assertThat(update.after().values.get("label")).isEqualTo("<big>");
        Delete<Parcel> delete = received.next(Delete.class);
        assertThat(delete.id()).isEqualTo(1L);
    }

    @Test
    void what_the_binary_form_does_not_tell_is_an_error_of_its_column() throws Exception {
        start(true, "kind");

        database.execute("INSERT INTO parcel (id, kind) VALUES (1, 'pg_class')");

        Eventually.equal(true, () -> subscription().lastError() != null);
        assertThat(subscription().lastError())
                .isInstanceOf(DecodingException.class)
                .hasMessageContaining("Column \"kind\" of \"public\".\"parcel\"")
                .hasMessageContaining("regclass")
                .hasMessageContaining("registerBinary");
        assertThat(received.waiting()).isZero();
    }

    @Test
    void a_type_that_the_server_cannot_send_in_binary_ends_the_stream_and_says_what_to_do() throws Exception {
        database.execute("ALTER TABLE parcel ADD grants aclitem[]");
        start(true, "grants");

        database.execute("INSERT INTO parcel (id, grants) VALUES (1, '{=r/postgres}')");

        Eventually.equal(RealtimeStatus.State.FAILED, () -> realtime.status().state());
        assertThat(realtime.status().lastError())
                .isInstanceOfSatisfying(
                        SetupException.class,
                        error -> assertThat(error.problem()).isEqualTo(SetupProblem.FUNCTION_MISSING))
                .hasMessageContaining("aclitem")
                .hasMessageContaining("stream text");
        assertThat(received.waiting()).isZero();
    }

    private RealtimeStatus.Subscription subscription() {
        List<RealtimeStatus.Subscription> all = realtime.status().subscriptions();
        return all.get(0);
    }
}
