package dev.realtime.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.mapping.TableName;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SqlNamesTest {

    @Test
    void aNameWithoutQuotesIsFoldedAsThePostgresParserDoes() {
        assertThat(SqlNames.column("FullName")).isEqualTo("fullname");
        assertThat(SqlNames.column("GRÖSSE")).isEqualTo("grÖsse"); // ASCII letters alone
    }

    @Test
    void aQuotedNameIsKept() {
        assertThat(SqlNames.column("\"Full Name\"")).isEqualTo("Full Name");
        assertThat(SqlNames.column("\"a.b\"")).isEqualTo("a.b");
        assertThat(SqlNames.column("\"say \"\"hi\"\"\"")).isEqualTo("say \"hi\"");
    }

    @Test
    void aTableIsSplitAtItsDots() {
        assertThat(SqlNames.table("users")).isEqualTo(new TableName(null, "users"));
        assertThat(SqlNames.table("App.Users")).isEqualTo(new TableName("app", "users"));
        assertThat(SqlNames.table("\"My.App\".\"Users\"")).isEqualTo(new TableName("My.App", "Users"));
        assertThat(SqlNames.table("shop.app.users")).isEqualTo(new TableName("app", "users"));
    }

    @Test
    void aLongNameIsCutAt63BytesAndNeverInsideACharacter() {
        assertThat(SqlNames.column("a".repeat(63))).hasSize(63);
        assertThat(SqlNames.column("a".repeat(64))).hasSize(63);
        String cut = SqlNames.column("\"" + "a".repeat(62) + "üx\"");
        assertThat(cut).isEqualTo("a".repeat(62));
        assertThat(SqlNames.column("\"" + "ü".repeat(40) + "\"").getBytes(StandardCharsets.UTF_8))
                .hasSize(62);
    }
}
