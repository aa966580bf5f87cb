package dev.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.realtime.error.ConfigurationException;
import dev.realtime.error.SetupException;
import dev.realtime.error.SetupProblem;
import dev.realtime.event.Update;
import dev.realtime.setup.SetupMode;
import dev.realtime.setup.SetupPlan;
import dev.realtime.setup.SlotPolicy;
import dev.realtime.support.Item;
import dev.realtime.support.PlainMapping;
import dev.realtime.support.Received;
import dev.realtime.support.Streams;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.sql.Connection;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.postgresql.ds.PGSimpleDataSource;

/** The owner of the tables sets them up, and a role that may only replicate streams. */
class EnableIT {

    @Entity
    @Table(name = "Item", schema = "\"Sales\"")
    private static final class Declared {}

    @Entity
    private static final class Undeclared {}

    @RegisterExtension
    private final Streams streams = new Streams();

    private final Received<Item> received = new Received<>();
    private String owner;
    private String replicator;

    @BeforeEach
    void ownerAndReplicator() throws Exception {
        owner = streams.database().unique("owner");
        replicator = streams.database().unique("replicator");
        streams.execute(
                "CREATE ROLE " + owner + " LOGIN",
                "GRANT CREATE ON DATABASE " + streams.database().name() + " TO " + owner,
                "CREATE ROLE " + replicator + " LOGIN REPLICATION",
                "CREATE TABLE item " + Item.COLUMNS,
                "ALTER TABLE item OWNER TO " + owner);
    }

    private PGSimpleDataSource as(String role) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(streams.database().url());
        source.setUser(role);
        return source;
    }

    private RealtimeEnabler enabler() {
        return Realtime.enable(as(owner), Item.class)
                .from(PlainMapping.all(Item.mapping("public", "item")))
                .publication(streams.slot())
                .fullImages(Item.class);
    }

    private RealtimeBuilder asReplicator() {
        return streams.items()
                .connectingTo(streams.database().url(), replicator, () -> null)
                .on(Item.class, received);
    }

    @Test
    void what_the_dry_run_prints_is_what_runs_and_the_second_time_there_is_nothing_left_to_do() throws Exception {
        streams.execute(
                "CREATE TABLE ran (sql text)",
                "GRANT INSERT ON ran TO " + owner,
                "CREATE FUNCTION remember() RETURNS event_trigger LANGUAGE plpgsql AS"
                        + " $$ BEGIN INSERT INTO ran VALUES (current_query()); END $$",
                "CREATE EVENT TRIGGER remember ON ddl_command_end EXECUTE FUNCTION remember()");

        SetupPlan dry = enabler().plan();

        assertThat(dry.statements())
                .containsExactly(
                        "ALTER TABLE \"public\".\"item\" REPLICA IDENTITY FULL",
                        "CREATE PUBLICATION \"" + streams.slot() + "\" FOR TABLE \"public\".\"item\"");
        assertThat(streams.database().value("SELECT count(*) FROM pg_publication"))
                .isEqualTo("0");

        SetupPlan done = enabler().apply();

        assertThat(done).isEqualTo(dry);
        assertThat(streams.database().value("SELECT string_agg(sql, ';') FROM ran"))
                .isEqualTo(String.join(";", dry.statements()));
        assertThat(enabler().plan().isEmpty()).isTrue();
        assertThat(enabler().apply().isEmpty()).isTrue();
        assertThat(streams.database().value("SELECT count(*) FROM ran")).isEqualTo("2");
    }

    @Test
    void the_owner_prepares_the_tables_that_the_streaming_role_writes() throws Exception {
        streams.execute("CREATE SCHEMA kept AUTHORIZATION " + owner, "GRANT USAGE ON SCHEMA kept TO " + replicator);
        RealtimeEnabler enabler =
                enabler().deadLetters(replicator, "kept", "letters").offsets(replicator, "kept", "positions");

        assertThat(enabler.apply().statements())
                .anyMatch(sql -> sql.startsWith("CREATE TABLE \"kept\".\"positions\""))
                .anyMatch(sql -> sql.startsWith("CREATE TABLE \"kept\".\"positions_covered\""))
                .anyMatch(sql -> sql.startsWith("CREATE TABLE \"kept\".\"letters\""))
                .anyMatch(sql -> sql.startsWith("GRANT ") && sql.contains(replicator));

        assertThat(enabler.apply().isEmpty()).isTrue();
        streams.execute("REVOKE INSERT ON kept.letters FROM " + replicator);
        assertThat(enabler.plan().statements()).singleElement().asString().startsWith("GRANT ");
    }

    @Test
    void the_dry_run_is_a_script_that_mends_what_it_found() throws Exception {
        String script = enabler().plan().sql();
        try (Connection connection = as(owner).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(script);
        }

        assertThat(script).contains("-- ");
        assertThat(enabler().plan().isEmpty()).isTrue();
    }

    @Test
    void a_role_that_may_only_replicate_streams_what_the_owner_enabled() throws Exception {
        enabler().apply();
        Realtime realtime = streams.start(asReplicator().slot(streams.slot(), SlotPolicy.CREATE));

        streams.execute("INSERT INTO item VALUES (1, 1, 'one')", "UPDATE item SET name = 'uno'");

        received.next();
        Update<Item> update = received.next(Update.class);
        assertThat(update.before()).get().hasToString("1/1/one/null");
        assertThat(realtime.setup().plan().isEmpty()).isTrue();
    }

    @Test
    void an_owner_who_may_replicate_can_create_the_slot_so_that_nothing_is_missed_before_the_first_start()
            throws Exception {
        streams.execute("ALTER ROLE " + owner + " REPLICATION");
        enabler().slot(streams.slot()).apply();
        streams.execute("INSERT INTO item VALUES (1, 1, 'before the first start')");

        streams.start(asReplicator().setup(SetupMode.VALIDATE));

        assertThat(received.next().id()).isEqualTo(1L);
    }

    @Test
    void validating_alone_changes_nothing_and_streams_once_nothing_is_missing() throws Exception {
        RealtimeBuilder builder = streams.items().on(Item.class, received).setup(SetupMode.VALIDATE);

        assertThatExceptionOfType(SetupException.class)
                .isThrownBy(() -> streams.start(builder))
                .satisfies(e -> assertThat(e.remedy())
                        .containsExactlyElementsOf(builder.setup().plan().statements().stream()
                                .map(sql -> sql + ";")
                                .toList()));
        assertThat(streams.database().value("SELECT count(*) FROM pg_publication"))
                .isEqualTo("0");

        builder.setup().apply();
        streams.start(builder);
    }

    @Test
    void who_may_not_is_told_what_the_owner_must_run() {
        assertThatExceptionOfType(SetupException.class)
                .isThrownBy(() -> Realtime.enable(as(replicator), Item.class)
                        .from(PlainMapping.all(Item.mapping("public", "item")))
                        .apply())
                .satisfies(e -> assertThat(e.problem()).isEqualTo(SetupProblem.PUBLICATION_PRIVILEGE))
                .withMessageContaining("CREATE PUBLICATION \"realtime\" FOR TABLE \"public\".\"item\"");
    }

    @Test
    void an_entity_that_names_its_table_needs_no_orm() throws Exception {
        streams.execute(
                "CREATE SCHEMA \"Sales\" AUTHORIZATION " + owner,
                "CREATE TABLE \"Sales\".item " + Item.COLUMNS,
                "ALTER TABLE \"Sales\".item OWNER TO " + owner);

        SetupPlan done = Realtime.enable(as(owner), Declared.class).apply();

        assertThat(done.statements()).containsExactly("CREATE PUBLICATION \"realtime\" FOR TABLE \"Sales\".\"item\"");
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> Realtime.enable(as(owner), Undeclared.class).plan())
                .withMessageContaining("Undeclared")
                .withMessageContaining("@Table(name");
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> Realtime.enable(as(owner), Item.class).plan())
                .withMessageContaining(Item.class.getName());
    }
}
