package dev.realtime.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.error.SetupException;
import dev.realtime.error.SetupProblem;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReconnectTest {

    private static final SetupException PASSWORD =
            new SetupException(SetupProblem.AUTHENTICATION, "the password is wrong", List.of("ALTER ROLE shop"), null);
    private static final SetupException BUSY =
            new SetupException(SetupProblem.LIMIT_REACHED, "no free walsender", List.of("max_wal_senders"), null);

    private final Reconnect reconnect = new Reconnect();

    @Test
    void the_same_trouble_is_told_ever_more_rarely_and_its_remedy_once() {
        List<String> told = new ArrayList<>();
        for (int i = 1; i <= 16; i++) {
            told.add(news(PASSWORD));
        }

        assertThat(told.get(0)).isEqualTo(PASSWORD.getMessage()).contains("ALTER ROLE shop");
        assertThat(told.subList(1, 16))
                .filteredOn(line -> line != null)
                .hasSize(4)
                .containsOnly("the password is wrong");
    }

    @Test
    void other_trouble_and_the_same_after_progress_is_told_in_full() {
        news(PASSWORD);
        assertThat(news(BUSY)).isEqualTo(BUSY.getMessage());
        reconnect.progressed();
        assertThat(news(BUSY)).isEqualTo(BUSY.getMessage());
    }

    @Test
    void positions_that_an_earlier_owner_still_holds_are_waited_for_as_the_slot_is() {
        for (SetupProblem problem : List.of(SetupProblem.SLOT_IN_USE, SetupProblem.POSITIONS_LOCKED)) {
            SetupException held = new SetupException(problem, "held", List.of(), null);
            assertThat(Reconnect.mayWaitAtStart(held)).isTrue();
            assertThat(Reconnect.isOwnedByAnother(held)).isTrue();
            assertThat(reconnect.mayOvercome(held, 0)).isTrue();
        }
        assertThat(Reconnect.isOwnedByAnother(BUSY)).isFalse();
    }

    private String news(SetupException error) {
        reconnect.pause(error);
        return reconnect.news(error);
    }
}
