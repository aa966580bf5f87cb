package dev.realtime.internal.setup;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.realtime.error.SetupException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServerTest {

    @Test
    void a_server_older_than_fourteen_is_refused() {
        assertThatThrownBy(() -> server(130099, "logical").check())
                .isInstanceOf(SetupException.class)
                .hasMessageContainingAll("PostgreSQL 13", "14");
    }

    @Test
    void fourteen_and_later_versions_will_do() {
        assertThatCode(() -> server(140000, "logical").check()).doesNotThrowAnyException();
        assertThatCode(() -> server(190000, "logical").check()).doesNotThrowAnyException();
    }

    private static Server server(int version, String walLevel) {
        return new Server(version, walLevel, false, "shop", "app", List.of("public"));
    }
}
