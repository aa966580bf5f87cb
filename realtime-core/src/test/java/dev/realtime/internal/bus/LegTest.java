package dev.realtime.internal.bus;

import static dev.realtime.internal.pgoutput.MessageBytes.insert;
import static dev.realtime.internal.pgoutput.MessageBytes.relation;
import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.internal.ack.ConfirmedMark;
import dev.realtime.internal.ack.Cursor;
import dev.realtime.internal.ack.Ticket;
import dev.realtime.internal.binding.Bindings;
import dev.realtime.internal.binding.BoundChange;
import dev.realtime.internal.binding.RegisteredEntity;
import dev.realtime.internal.pgoutput.Relation;
import dev.realtime.internal.transaction.RowChange;
import dev.realtime.internal.transaction.Transaction;
import dev.realtime.mapping.TableName;
import dev.realtime.support.PlainMapping;
import dev.realtime.type.TypeCatalog;
import dev.realtime.type.TypeRegistry;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** For how long a reader has waited for one of its legs, by numbers. */
class LegTest {

    private static final class Note {
        String text;
    }

    private static final Relation RELATION = relation(7, "note", 'd', "text");

    private final Bindings bindings = new Bindings(
            List.of(new RegisteredEntity<>(
                    0,
                    PlainMapping.of(Note.class, Note::new, "public", "note")
                            .id("text", "text", String.class, (note, value) -> note.text = value),
                    new TableName("public", "note"),
                    7)),
            TypeRegistry.standard(),
            TypeCatalog.builtIn());
    private final ConfirmedMark mark = new ConfirmedMark();
    private final Cursor cursor = mark.join();
    private final DeliveryQueue queue = new DeliveryQueue(4, 1 << 20, () -> {});
    private final Leg leg = new Leg(cursor, queue, true);
    private final Ticket ticket = mark.transactions().begin(100);

    @BeforeEach
    void bind() {
        bindings.bind(RELATION);
    }

    private boolean give() {
        RowChange change = new RowChange(new Transaction(100, 0, 1, false), 0, RELATION, insert(7, "row"));
        leg.row(ticket, new BoundChange<>(bindings.of(change).get(0), change));
        return leg.flush();
    }

    private void fill() {
        for (int i = 0; i < 4; i++) {
            assertThat(give()).isTrue();
        }
        assertThat(give()).isFalse();
    }

    private void take() throws InterruptedException {
        queue.take(new ArrayList<>(), 0);
    }

    @Test
    void waits_add_up_while_its_queue_is_full() throws Exception {
        fill();
        leg.waited(10);
        take();
        assertThat(leg.flush()).isTrue();
        for (int i = 0; i < 3; i++) {
            give();
        }
        assertThat(give()).isFalse();
        leg.waited(5);

        assertThat(leg.waitedNanos()).isEqualTo(15);
    }

    @Test
    void a_wait_for_another_one_does_not_count() {
        assertThat(give()).isTrue();
        leg.waited(10);

        assertThat(leg.waitedNanos()).isZero();
    }

    @Test
    void they_are_forgiven_where_its_queue_has_room_to_spare() throws Exception {
        fill();
        leg.waited(10);
        leg.forgive();
        assertThat(leg.waitedNanos()).as("it is full").isEqualTo(10);

        take();
        leg.flush();
        give();
        give();
        leg.forgive();
        assertThat(leg.waitedNanos()).as("it is more than half full").isEqualTo(10);

        take();
        leg.forgive();
        assertThat(leg.waitedNanos()).isZero();
    }
}
