package dev.realtime.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class QuickstartIT {

    @Test
    void showsEveryChangeWhoeverWroteItAndMissesNoneOverACutConnection() throws Exception {
        ByteArrayOutputStream written = new ByteArrayOutputStream();

        boolean nothingMissed = Quickstart.run(new PrintStream(written, true, StandardCharsets.UTF_8));

        String shown = written.toString(StandardCharsets.UTF_8);
        assertThat(nothingMissed).as(shown).isTrue();
        assertThat(shown.lines().map(String::strip))
                .contains(
                        "ALTER TABLE \"public\".\"orders\" REPLICA IDENTITY FULL;",
                        "INSERT User 1: name=Ada, email=ada@example.org",
                        "INSERT Order 1: item=Analytical Engine, total=1200.00, status=NEW, customer=User 1",
                        "UPDATE Order 1: status NEW -> PAID",
                        "INSERT User 3: name=Linus, email=linus@example.org",
                        "UPDATE User 1: name=Ada, email=ada@example.com",
                        "UPDATE Order 2: status PAID -> SHIPPED, total 99.50 -> 90.00",
                        "DELETE Order 3: item=Kernel, total=0.01, status=NEW, customer=User 3",
                        "DELETE User 3",
                        "INSERT Order 13: item=Part 10, total=5.00, status=NEW, customer=User 1",
                        "rows written: 22, changes that arrived: 22",
                        "times the stream was opened: 2",
                        "Nothing was missed.")
                .filteredOn(line -> line.matches("(INSERT|UPDATE|DELETE) (User|Order) .*"))
                .hasSize(22)
                .doesNotHaveDuplicates();
    }
}
