package dev.realtime.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.Realtime;
import dev.realtime.RealtimeEnabler;
import dev.realtime.event.Insert;
import dev.realtime.event.RealtimeEvent;
import dev.realtime.setup.SetupMode;
import dev.realtime.setup.SlotPolicy;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** The SQL of the README, run from its top to its bottom. */
class ReadmeSetupIT {

    @Test
    void leadsFromABareServerToTheStreamOfARoleThatOwnsNothingAndBack() throws Exception {
        List<String> sql = Readme.blocks("sql");
        assertThat(sql).hasSize(5);
        try (EmbeddedPostgres server = Server.start()) {
            DataSource owner = server.getPostgresDatabase();
            String url = server.getJdbcUrl("postgres", "postgres");
            try (EntityManagerFactory hibernate =
                    Persistence.createEntityManagerFactory("shop", Map.of("jakarta.persistence.jdbc.url", url))) {
                run(owner, sql.get(0));
                run(owner, sql.get(1));
                RealtimeEnabler enabler = Realtime.enable(owner, User.class, Order.class)
                        .publication("shop")
                        .fullImages(Order.class);
                assertThat(enabler.apply().statements()).hasSize(2);
                assertThat(enabler.apply().statements()).isEmpty();
                run(owner, sql.get(2));

                BlockingQueue<RealtimeEvent<User>> events = new LinkedBlockingQueue<>();
                try (Realtime realtime = Realtime.register(User.class, Order.class)
                        .from(hibernate)
                        .connectingTo(url, "shop_replication", () -> "change me")
                        .setup(SetupMode.VALIDATE)
                        .slot("shop", SlotPolicy.REQUIRE)
                        .fullImages(Order.class)
                        .on(User.class, events::add)
                        .start()) {
                    run(owner, "INSERT INTO users (name, email) VALUES ('Ada', 'ada@example.org')");

                    assertThat(events.poll(20, TimeUnit.SECONDS)).isInstanceOf(Insert.class);
                    assertThat(firstColumn(owner, sql.get(3))).containsExactly("shop");
                    assertThat(realtime.status().sessions()).isOne();
                }
                run(owner, sql.get(4));
                assertThat(firstColumn(owner, sql.get(3))).isEmpty();
            }
        }
    }

    private static void run(DataSource database, String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static List<String> firstColumn(DataSource database, String query) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }
}
