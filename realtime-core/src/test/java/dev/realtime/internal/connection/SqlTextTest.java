package dev.realtime.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.realtime.error.ConfigurationException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlTextTest {

    @Test
    void quotesInNamesAndTextsAreDoubled() {
        assertThat(SqlText.identifier("a\"b'c")).isEqualTo("\"a\"\"b'c\"");
        assertThat(SqlText.literal("a\"b'c\\d")).isEqualTo("'a\"b''c\\d'");
    }

    @Test
    void aListOfNamesIsOneLiteral() {
        assertThat(SqlText.identifierList(List.of("plain", "My-Pub,1", "it's \"quoted\"", "Größe")))
                .isEqualTo("'\"plain\",\"My-Pub,1\",\"it''s \"\"quoted\"\"\",\"Größe\"'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\0b"})
    void whatCanBeNoNameIsRefused(String name) {
        assertThatExceptionOfType(ConfigurationException.class).isThrownBy(() -> SqlText.identifier(name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Shop",
                "shop-1",
                "shop;DROP",
                "größe",
                "a b",
                "shop\n",
                "\"shop\"",
                "a234567890123456789012345678901234567890123456789012345678901234"
            })
    void whatPostgresRefusesAsSlotNameIsRefusedHere(String name) {
        assertThatExceptionOfType(ConfigurationException.class).isThrownBy(() -> SqlText.slotName(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"s", "_", "0", "shop_2", "a23456789012345678901234567890123456789012345678901234567890123"})
    void whatPostgresTakesAsSlotNameStays(String name) {
        assertThat(SqlText.slotName(name)).isEqualTo(name);
    }
}
