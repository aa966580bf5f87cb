package dev.realtime.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.realtime.connection.Coordinates;
import java.io.PrintWriter;
import java.sql.Connection;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.ds.PGSimpleDataSource;

class DataSourcesTest {

    private static final String URL = "jdbc:postgresql://db.example.org:5433/shop";

    @ParameterizedTest
    @CsvSource({
        "jdbc:postgresql://h/d, shop, secret, true",
        "jdbc:postgresql://h/d, , , true",
        "jdbc:postgresql://h/d, ****, ****, false",
        "jdbc:postgresql://h/d, shop, ****, false",
        "jdbc:h2:mem:x, shop, secret, false",
        "Connecting through datasource, shop, secret, false",
        ", shop, secret, false"
    })
    void onlyWhatSomebodyCouldLogInWithIsTruthful(String url, String user, String password, boolean expected) {
        assertThat(DataSources.truthful(url, user, password)).isEqualTo(expected);
    }

    @Test
    void theDriversDataSourceTellsAll() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(URL);
        source.setUser("shop");
        source.setPassword("secret");

        assertThat(DataSources.coordinates(source)).hasValueSatisfying(found -> {
            assertThat(found.url()).startsWith("jdbc:postgresql://db.example.org:5433/shop");
            assertThat(found.user()).isEqualTo("shop");
            assertThat(found.password()).isEqualTo("secret");
            assertThat(found.toString()).doesNotContain("secret");
        });
    }

    @Test
    void aHikariPoolTellsWhatItWasGivenAndOpensNothing() {
        try (HikariDataSource pool = new HikariDataSource()) { // it starts with the first connection taken
            pool.setJdbcUrl(URL);
            pool.setUsername("shop");
            pool.setPassword("secret");

            Coordinates found = DataSources.coordinates(pool).orElseThrow();

            assertThat(found.url()).isEqualTo(URL);
            assertThat(found.user()).isEqualTo("shop");
            assertThat(found.password()).isEqualTo("secret");
            assertThat(DataSources.coordinates(new Proxy(pool)).orElseThrow().url())
                    .isEqualTo(URL);
            assertThat(pool.isRunning()).isFalse();
        }
    }

    @Test
    void aHikariPoolAroundADataSourceTellsThatOnes() {
        PGSimpleDataSource inner = new PGSimpleDataSource();
        inner.setUrl(URL);
        inner.setUser("shop");
        try (HikariDataSource pool = new HikariDataSource()) {
            pool.setDataSource(inner);

            assertThat(DataSources.coordinates(pool).orElseThrow().user()).isEqualTo("shop");
        }
    }

    @Test
    void aDataSourceOfAnotherKindTellsNothing() {
        assertThat(DataSources.coordinates(new Proxy(null))).isEmpty();
    }

    /** What a monitoring library puts around a pool. */
    private record Proxy(DataSource target) implements DataSource {

        @Override
        public Connection getConnection() {
            throw new AssertionError("a connection was taken");
        }

        @Override
        public Connection getConnection(String user, String password) {
            throw new AssertionError("a connection was taken");
        }

        @Override
        public <T> T unwrap(Class<T> type) {
            return type.cast(target);
        }

        @Override
        public boolean isWrapperFor(Class<?> type) {
            return type.isInstance(target);
        }

        @Override
        public PrintWriter getLogWriter() {
            return null;
        }

        @Override
        public void setLogWriter(PrintWriter out) {}

        @Override
        public void setLoginTimeout(int seconds) {}

        @Override
        public int getLoginTimeout() {
            return 0;
        }

        @Override
        public Logger getParentLogger() {
            return Logger.getGlobal();
        }
    }
}
