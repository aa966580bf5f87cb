package dev.realtime.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.realtime.error.ConfigurationException;
import org.junit.jupiter.api.Test;

class DeadLetterTableTest {

    private final DeadLetterTable table = new DeadLetterTable(new StoredTable("My \"Schema\"", "dead; letters"));

    @Test
    void names_are_quoted_wherever_they_stand() {
        String quoted = "\"My \"\"Schema\"\"\".\"dead; letters\"";

        assertThat(table.creation()).startsWith("CREATE TABLE " + quoted + " (");
        assertThat(table.insertion()).startsWith("INSERT INTO " + quoted + " (").endsWith("DO NOTHING");
        assertThat(table.selection(true)).contains(" FROM " + quoted + " WHERE slot = ? AND subscription = ? ");
        assertThat(table.selection(false)).contains(" FROM " + quoted + " WHERE slot = ? ORDER BY ");
    }

    @Test
    void a_name_that_cannot_be_one_is_refused() {
        assertThatThrownBy(() -> new StoredTable("", "t")).isInstanceOf(ConfigurationException.class);
        assertThatThrownBy(() -> new StoredTable("s", "t\0")).isInstanceOf(ConfigurationException.class);
    }
}
