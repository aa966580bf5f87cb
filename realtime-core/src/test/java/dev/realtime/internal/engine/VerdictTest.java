package dev.realtime.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.realtime.error.GapException;
import dev.realtime.event.Gap.Reason;
import dev.realtime.internal.replication.SystemIdentity;
import dev.realtime.internal.setup.SlotState;
import dev.realtime.internal.store.StoredOffset;
import dev.realtime.internal.store.StoredState;
import dev.realtime.wal.Lsn;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One line for each of what can be found before a stream begins. */
class VerdictTest {

    private static final String SYSTEM = "7001";

    /** What is found and what follows; positions in small numbers. */
    private record Case(String title, Verdict verdict, Verdict expected) {
        @Override
        public String toString() {
            return title;
        }
    }

    private static Lsn at(long position) {
        return Lsn.of(position);
    }

    private static SystemIdentity server(String system, int timeline, long walFlush) {
        return new SystemIdentity(system, timeline, at(walFlush), "shop");
    }

    private static SlotState slot(long confirmed, @Nullable String walStatus, @Nullable String invalidation) {
        return new SlotState(
                "shop",
                "pgoutput",
                "shop",
                false,
                false,
                false,
                null,
                at(1),
                at(confirmed),
                walStatus,
                invalidation,
                false);
    }

    private static SlotState slot(long confirmed) {
        return slot(confirmed, "reserved", null);
    }

    private static StoredState stored(long confirmed, long handled) {
        return new StoredState(
                SYSTEM,
                1,
                0,
                at(confirmed),
                Map.of("mailer", new StoredOffset(SYSTEM, 1, at(handled), 0)),
                Map.of("mailer", at(confirmed)));
    }

    private static Verdict of(SystemIdentity server, SlotState slot, @Nullable StoredState stored) {
        return Verdict.of(server, null, slot, stored);
    }

    static Stream<Case> cases() {
        long beyondSigned = 0xF000_0000_0000_0000L;
        return Stream.of(
                new Case("no slot, nothing stored", Verdict.withoutSlot(false, null), new Verdict.FirstStart()),
                new Case(
                        "no slot, no store, but the publication",
                        Verdict.withoutSlot(true, null),
                        new Verdict.SlotMissing()),
                new Case(
                        "no slot, stored state",
                        Verdict.withoutSlot(true, stored(50, 40)),
                        new Verdict.Gap(at(50), null, "the slot is not on the server any more")),
                new Case(
                        "no slot, no publication, stored state",
                        Verdict.withoutSlot(false, stored(50, 40)),
                        new Verdict.Gap(at(50), null, "the slot is not on the server any more")),
                new Case(
                        "the slot's log is lost",
                        of(server(SYSTEM, 1, 90), slot(50, "lost", null), stored(50, 40)),
                        new Verdict.Gap(at(50), null, "PostgreSQL has given the slot up (its log was removed)")),
                new Case(
                        "the slot is invalidated",
                        of(server(SYSTEM, 1, 90), slot(50, "lost", "idle_timeout"), null),
                        new Verdict.Gap(at(50), null, "PostgreSQL has given the slot up (idle_timeout)")),
                new Case(
                        "another system",
                        of(server("7002", 1, 90), slot(50), stored(50, 40)),
                        new Verdict.SystemMismatch(SYSTEM, "7002")),
                new Case(
                        "the log ends before what was handled",
                        of(server(SYSTEM, 1, 55), slot(50), stored(50, 60)),
                        new Verdict.Rewind(at(60), at(55))),
                new Case(
                        "the log ends before what was confirmed",
                        of(server(SYSTEM, 1, 45), slot(40), stored(50, 40)),
                        new Verdict.Rewind(at(50), at(45))),
                new Case(
                        "the log ends before the slot, nothing stored",
                        of(server(SYSTEM, 1, 45), slot(50), null),
                        new Verdict.Rewind(at(50), at(45))),
                new Case(
                        "the timeline forked before what was handled",
                        Verdict.of(server(SYSTEM, 2, 90), at(55), slot(50), stored(50, 60)),
                        new Verdict.Rewind(at(60), at(55))),
                new Case(
                        "the timeline forked behind what was handled",
                        Verdict.of(server(SYSTEM, 2, 90), at(60), slot(50), stored(50, 40)),
                        new Verdict.Continue()),
                new Case(
                        "the timeline forked nobody knows where",
                        of(server(SYSTEM, 2, 90), slot(50), stored(50, 40)),
                        new Verdict.Rewind(at(50), null)),
                new Case(
                        "something else moved the slot",
                        of(server(SYSTEM, 1, 90), slot(70), stored(50, 40)),
                        new Verdict.Gap(at(50), at(70), "something else moved the slot, or created it anew")),
                new Case("as it was left", of(server(SYSTEM, 1, 90), slot(50), stored(50, 40)), new Verdict.Continue()),
                new Case(
                        "recorded, but not confirmed any more",
                        of(server(SYSTEM, 1, 90), slot(45), stored(50, 40)),
                        new Verdict.Continue()),
                new Case("nothing stored yet", of(server(SYSTEM, 1, 90), slot(50), null), new Verdict.Continue()),
                new Case(
                        "the server forgot confirmations",
                        of(server(SYSTEM, 1, 90), slot(30), stored(50, 40)),
                        new Verdict.Forgotten(at(30), at(40))),
                new Case(
                        "positions are unsigned",
                        of(server(SYSTEM, 1, beyondSigned + 9), slot(beyondSigned), stored(50, 40)),
                        new Verdict.Gap(at(50), at(beyondSigned), "something else moved the slot, or created it anew")),
                new Case(
                        "a subscription was there whenever the slot moved",
                        Verdict.ofSubscription(at(50), SYSTEM, at(50), new StoredOffset(SYSTEM, 1, at(40), 0)),
                        new Verdict.Continue()),
                new Case(
                        "a subscription was away while the slot moved",
                        Verdict.ofSubscription(at(50), SYSTEM, at(45), new StoredOffset(SYSTEM, 1, at(40), 0)),
                        new Verdict.Gap(at(45), at(50), "the subscription was away while the slot was moved")),
                new Case(
                        "another system wrote a subscription's row",
                        Verdict.ofSubscription(at(50), SYSTEM, at(50), new StoredOffset("7002", 1, at(40), 0)),
                        new Verdict.SystemMismatch("7002", SYSTEM)),
                new Case(
                        "a subscription's row is gone",
                        Verdict.ofSubscription(at(50), SYSTEM, at(50), null),
                        new Verdict.PositionLost()));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void what_is_found_has_one_verdict(Case found) {
        assertThat(found.verdict()).isEqualTo(found.expected());
        if (found.expected().isGood()) {
            Lineage.require("shop", found.verdict(), Reason.SLOT_MOVED);
        } else {
            assertThatThrownBy(() -> Lineage.require("shop", found.verdict(), Reason.SLOT_MOVED))
                    .isInstanceOfSatisfying(
                            GapFound.class, gap -> assertThat(gap.error()).isInstanceOf(GapException.class))
                    .hasMessageStartingWith("Slot shop: ");
        }
    }

    @Test
    void of_a_stored_state_the_furthest_counts_of_the_same_server() {
        StoredState state = new StoredState(
                SYSTEM,
                1,
                0,
                at(50),
                Map.of(
                        "a", new StoredOffset(SYSTEM, 1, at(60), -1),
                        "b", new StoredOffset("7002", 1, at(99), -1)),
                Map.of());

        assertThat(state.furthest()).isEqualTo(at(60));
    }
}
