package dev.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.RealtimeStatus.SubscriptionState;
import dev.realtime.event.Gap;
import dev.realtime.event.Gap.Reason;
import dev.realtime.event.GapPolicy;
import dev.realtime.support.Eventually;
import dev.realtime.support.Item;
import dev.realtime.support.Journal;
import dev.realtime.support.Streams;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A subscription was away while the slot moved on: it has a gap of its own, which is told before anything behind it. */
class SubscriptionGapIT {

    @RegisterExtension
    private final Streams streams = new Streams();

    private final Journal away = new Journal();
    private final Journal present = new Journal();

    @BeforeEach
    void moveTheSlotWithoutIt() throws Exception {
        streams.execute("CREATE TABLE item " + Item.COLUMNS);
        Realtime both = streams.start(both(GapPolicy.STOP));
        streams.execute("INSERT INTO item VALUES (1, 1)");
        away.await("Started", "1");
        Eventually.equal(List.of("1"), present::entries);
        both.close();
        Realtime one = streams.start(one());
        streams.execute("INSERT INTO item VALUES (2, 2)");
        Eventually.equal(List.of("1", "2"), present::entries);
        one.close();
    }

    @Test
    void by_default_it_is_told_and_stands_still_at_each_start_until_it_is_resumed() throws Exception {
        for (int start = 1; start <= 2; start++) {
            try (Realtime realtime = both(GapPolicy.STOP).start()) {
                String id = Integer.toString(start + 2);
                streams.execute("INSERT INTO item VALUES (" + id + ", 1)");
                Eventually.equal(true, () -> present.entries().contains(id));

                assertThat(realtime.status().subscriptions().get(1).state()).isEqualTo(SubscriptionState.STOPPED);
                assertTold(realtime.status().gap());
            }
        }
        assertThat(away.entries().stream().filter(told -> !told.equals("Started")))
                .containsExactly("1", "SUBSCRIPTION_AWAY", "SUBSCRIPTION_AWAY");

        try (Realtime realtime = both(GapPolicy.STOP).start()) {
            realtime.resume("away");
            streams.execute("INSERT INTO item VALUES (5, 5)");
            Eventually.equal(true, () -> away.entries().contains("5"));
        }
        try (Realtime realtime = both(GapPolicy.STOP).start()) {
            assertThat(realtime.status().gap()).isNull();
        }
    }

    @Test
    void by_report_it_is_told_and_goes_on() throws Exception {
        Realtime realtime = streams.start(both(GapPolicy.REPORT));
        streams.execute("INSERT INTO item VALUES (3, 3)");

        Eventually.equal(
                List.of("1", "SUBSCRIPTION_AWAY", "3"),
                () -> away.entries().stream()
                        .filter(told -> !told.equals("Started"))
                        .toList());
        assertTold(realtime.status().gap());
        realtime.close();

        Realtime again = streams.start(both(GapPolicy.STOP));

        assertThat(again.status().gap()).isNull();
    }

    private static void assertTold(Gap gap) {
        assertThat(gap).isNotNull();
        assertThat(gap.reason()).isEqualTo(Reason.SUBSCRIPTION_AWAY);
        assertThat(gap.subscription()).isEqualTo("away");
        assertThat(gap.to()).isGreaterThan(gap.from());
    }

    private RealtimeBuilder one() {
        return streams.items()
                .offsets()
                .subscribe(Item.class, s -> s.named("present").each(present::event));
    }

    private RealtimeBuilder both(GapPolicy policy) {
        return one().subscribe(Item.class, s -> s.named("away").each(away::event))
                .onSignal(away::signal)
                .gaps(policy);
    }
}
