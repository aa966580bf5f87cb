package dev.realtime.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.List;
import org.junit.jupiter.api.Test;

class CoordinatesTest {

    @Test
    void theTextShowsPlaceAndRoleButNoSecret() {
        Coordinates coordinates = Coordinates.of(
                "jdbc:postgresql://db.example.com:5432/shop?password=hidden1&sslmode=require", "app", () -> "hidden2");
        assertThat(coordinates).hasToString("jdbc:postgresql://db.example.com:5432/shop as app");
    }

    @Test
    void theTextHidesWhatStandsBeforeAnAt() {
        Coordinates coordinates = Coordinates.of("jdbc:postgresql://app:hidden@db/shop", null, () -> null);
        assertThat(coordinates).hasToString("jdbc:postgresql://db/shop");
    }

    @Test
    void thePasswordIsAskedForEachTime() {
        ArrayDeque<String> rotating = new ArrayDeque<>(List.of("monday", "tuesday"));
        Coordinates coordinates = Coordinates.of("jdbc:postgresql:shop", null, rotating::poll);
        assertThat(coordinates.password()).isEqualTo("monday");
        assertThat(coordinates.password()).isEqualTo("tuesday");
        assertThat(coordinates.password()).isNull();
    }
}
