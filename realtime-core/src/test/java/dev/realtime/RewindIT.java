package dev.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.realtime.error.ConfigurationException;
import dev.realtime.event.Gap;
import dev.realtime.event.Gap.Reason;
import dev.realtime.event.GapPolicy;
import dev.realtime.support.Eventually;
import dev.realtime.support.Item;
import dev.realtime.support.Journal;
import dev.realtime.support.Streams;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is stored is of a time that the server has not come to, or of a history that is not its own. */
class RewindIT {

    @RegisterExtension
    private final Streams streams = new Streams();

    private final Journal journal = new Journal();
    private final List<String> ids = new CopyOnWriteArrayList<>();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE realtime_offset SET commit_lsn = 'FFFFFFFF/0'",
                "UPDATE realtime_offset_covered SET covered = 'FFFFFFFF/0'",
                "UPDATE realtime_offset_covered SET timeline = 99"
            })
    void where_that_is_accepted_it_is_told_once_and_the_stream_goes_on_under_other_event_ids(String meanwhile)
            throws Exception {
        streams.execute("CREATE TABLE item " + Item.COLUMNS);
        Realtime first = streams.start(storing(GapPolicy.STOP));
        streams.execute("INSERT INTO item VALUES (1, 1)");
        Eventually.equal(1, ids::size);
        first.close();
        streams.execute(meanwhile);

        Realtime second = streams.start(storing(GapPolicy.ACCEPT_REWIND));

        streams.execute("INSERT INTO item VALUES (2, 2)");
        Eventually.equal(2, ids::size);
        assertThat(journal.signals(Gap.class)).extracting(Gap::reason).containsExactly(Reason.REWOUND);
        assertThat(second.status().gap()).isNotNull();
        second.close();
        Realtime third = streams.start(storing(GapPolicy.STOP));
        streams.execute("INSERT INTO item VALUES (3, 3)");
        Eventually.equal(3, ids::size);
        assertThat(third.status().gap()).isNull();
        String system = streams.database().value("SELECT system_identifier FROM pg_control_system()");
        assertThat(ids.get(0)).startsWith(system + ":");
        assertThat(ids.subList(1, 3)).allSatisfy(id -> assertThat(id).startsWith(system + ".1:"));
    }

    @Test
    void without_stored_positions_it_cannot_be_accepted() {
        RealtimeBuilder builder = streams.items()
                .on(Item.class, journal::event)
                .onSignal(journal::signal)
                .gaps(GapPolicy.ACCEPT_REWIND);

        assertThatThrownBy(builder::start)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("offsets()");
    }

    private RealtimeBuilder storing(GapPolicy policy) {
        return streams.items()
                .offsets()
                .subscribe(Item.class, items -> items.named("stored").each(event -> ids.add(event.eventId())))
                .onSignal(journal::signal)
                .gaps(policy);
    }
}
