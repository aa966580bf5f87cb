package dev.realtime.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.realtime.connection.Coordinates;
import dev.realtime.error.ConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetTest {

    @ParameterizedTest
    @CsvSource(
            nullValues = "default",
            value = {
                "jdbc:postgresql://localhost/shop, default",
                "jdbc:postgresql:shop, default",
                "jdbc:postgresql://LOCALHOST:5433/shop, default",
                "jdbc:postgresql://127.0.0.1/shop, default",
                "jdbc:postgresql://127.8.0.1/shop, default",
                "jdbc:postgresql://[::1]:5432/shop, default",
                "jdbc:postgresql://db.example.com/shop, verify-full",
                "jdbc:postgresql://10.0.0.7/shop, verify-full",
                "jdbc:postgresql://[fe80::1]/shop, verify-full",
                "jdbc:postgresql://localhost.example.com/shop, verify-full",
                "jdbc:postgresql://127.0.0.1.example.com/shop, verify-full",
                "jdbc:postgresql://db/shop?ssl=true, verify-full",
                "jdbc:postgresql://db/shop?sslmode=disable, disable",
                "jdbc:postgresql://db/shop?sslmode=require, require",
                "jdbc:postgresql://localhost/shop?sslmode=verify-ca, verify-ca",
            })
    void offTheLoopbackAddressTlsIsVerifiedUnlessTheUrlNamesAMode(String url, String mode) {
        assertThat(target(url).properties().getProperty("sslmode")).isEqualTo(mode);
    }

    @Test
    void oneHostElsewhereAmongSeveralIsEnoughForTheTlsRule() {
        Target target = target("jdbc:postgresql://localhost:1,db.example.com:2/shop");
        assertThat(target.properties().getProperty("sslmode")).isEqualTo("verify-full");
        assertThat(target.tlsImposed()).isTrue();
        assertThat(target.hasSeveralHosts()).isTrue();
        assertThat(target.url()).isEqualTo("jdbc:postgresql://localhost:1,db.example.com:2/");
    }

    @Test
    void parametersOfTheUrlBecomePropertiesThatOursCanReplace() {
        Target target =
                target("jdbc:postgresql://localhost/my%20shop?socketTimeout=7&sslrootcert=/a%20b&options=-c%20x=y");
        assertThat(target.url()).isEqualTo("jdbc:postgresql://localhost:5432/");
        assertThat(target.database()).isEqualTo("my shop");
        assertThat(target.properties())
                .containsEntry("socketTimeout", "7")
                .containsEntry("sslrootcert", "/a b")
                .containsEntry("options", "-c x=y");
    }

    @Test
    void theRoleOfTheCoordinatesWinsOverThatOfTheUrl() {
        assertThat(target("jdbc:postgresql://localhost/shop?user=other").user()).isEqualTo("app");
    }

    @Test
    void aSocketFactoryInTheUrlIsRefused() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> target("jdbc:postgresql://localhost/shop?socketFactory=com.example.Tunnel"))
                .withMessageContaining("socketFactory");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:mysql://localhost/shop?password=hidden",
                "jdbc:postgresql://localhost?password=hidden",
                "jdbc:postgresql://a/b/c?password=hidden",
                "jdbc:postgresql://app:hidden@localhost/shop",
                "jdbc:postgresql://localhost:port/shop?password=hidden",
                "jdbc:postgresql://localhost/shop?password=%hidden",
                "postgresql://localhost/shop?password=hidden",
            })
    void whatIsNoUrlOfTheDriverIsRefusedWithoutShowingIt(String url) {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> target(url))
                .satisfies(e -> assertThat(e.toString()).doesNotContain("hidden"));
    }

    @Test
    void theTextNamesHostDatabaseAndRoleOnly() {
        assertThat(target("jdbc:postgresql://db:5433/shop?password=hidden&sslpassword=hidden"))
                .hasToString("db:5433/shop as \"app\"");
    }

    private static Target target(String url) {
        return Target.of(Coordinates.of(url, "app", () -> "hidden"));
    }
}
