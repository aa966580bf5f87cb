package dev.realtime.internal.setup;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.realtime.error.ConfigurationException;
import dev.realtime.setup.SlotPolicy;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names that PostgreSQL does not allow are refused before anything is sent. */
class SetupRequestTest {

    private static final String LONGEST = "a".repeat(63);

    @ParameterizedTest
    @ValueSource(strings = {"", "Shop", "shop-1", "shop 1", "shöp", "shop;", "shop'", "shop\"", "shop\n"})
    void a_name_that_no_slot_can_have_is_refused(String name) {
        assertThatThrownBy(() -> new WantedSlot(name, SlotPolicy.CREATE))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("63 lower-case letters, digits and underscores");
    }

    @Test
    void sixty_three_characters_are_a_slot_name_and_sixty_four_are_not() {
        assertThatCode(() -> new WantedSlot(LONGEST, SlotPolicy.CREATE)).doesNotThrowAnyException();
        assertThatThrownBy(() -> new WantedSlot(LONGEST + "a", SlotPolicy.CREATE))
                .isInstanceOf(ConfigurationException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\0b", "ééééééééééééééééééééééééééééééééé"})
    void a_name_that_no_publication_can_have_is_refused(String name) {
        assertThatThrownBy(() -> new SetupRequest(name, List.of(Bed.table("t", "id")), null, null))
                .isInstanceOf(ConfigurationException.class);
    }

    @Test
    void any_other_publication_name_will_do() {
        assertThatCode(() -> new SetupRequest("My \"Pub\"; größer", List.of(Bed.table("t", "id")), null, null))
                .doesNotThrowAnyException();
    }

    @Test
    void a_request_without_tables_is_refused() {
        assertThatThrownBy(() -> new SetupRequest("pub", List.of(), null, null))
                .isInstanceOf(ConfigurationException.class);
    }
}
