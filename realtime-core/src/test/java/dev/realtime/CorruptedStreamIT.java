package dev.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.error.ProtocolException;
import dev.realtime.event.RealtimeEvent;
import dev.realtime.faultbed.proxy.FaultProxy;
import dev.realtime.support.Eventually;
import dev.realtime.support.Item;
import dev.realtime.support.Received;
import dev.realtime.support.Streams;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One byte of a message arrives wrong: it is told, never confirmed, and what it spoilt comes again. */
class CorruptedStreamIT {

    /** Where in the envelope the output plugin's message begins (manual, section 54.4, XLogData). */
    private static final int BODY = 25;

    /** A place in the messages of a transaction with one row: Begin, Relation, Insert, Commit. */
    enum Place {
        TAG_OF_BEGIN(1, BODY, "0xbd"),
        COLUMN_COUNT_OF_RELATION(2, BODY + 1 + 4 + "public_item_d".length(), "Relation"),
        RELATION_OF_INSERT(3, BODY + 1, "Insert"),
        NEW_ROW_OF_INSERT(3, BODY + 5, "Insert"),
        COLUMN_COUNT_OF_INSERT(3, BODY + 7, "Insert"),
        LENGTH_OF_VALUE(3, BODY + 9, "Insert"),
        TAG_OF_COMMIT(4, BODY, "0xbc"),
        POSITION_OF_COMMIT(4, BODY + 2, "Commit"),
        FAR_END_OF_COMMIT(4, BODY + 10, "Commit"),
        NEAR_END_OF_COMMIT(4, BODY + 17, "Commit");

        private final int message;
        private final int offset;
        private final String type;

        Place(int message, int offset, String type) {
            this.message = message;
            this.offset = offset;
            this.type = type;
        }
    }

    private record Confirmation(long flush, boolean handled) {}

    @RegisterExtension
    private final Streams streams = new Streams();

    private final Received<Item> received = new Received<>();
    private final List<Confirmation> confirmations = new CopyOnWriteArrayList<>();
    private volatile boolean handled;
    private FaultProxy proxy;

    @BeforeEach
    void throughProxy() throws Exception {
        streams.execute("CREATE TABLE item " + Item.COLUMNS);
        proxy = FaultProxy.before(
                        streams.database().server().host(),
                        streams.database().server().port())
                .start();
        proxy.observe(update -> confirmations.add(new Confirmation(update.flush(), handled)));
    }

    @AfterEach
    void closeProxy() {
        proxy.close();
    }

    private Realtime stream() {
        return streams.start(streams.items()
                .connectingTo(proxy.url(streams.database().name()), "postgres", () -> null)
                .on(Item.class, event -> {
                    received.handle(event);
                    handled = true;
                }));
    }

    @ParameterizedTest
    @EnumSource
    void is_told_with_type_and_position_and_comes_again(Place place) throws Exception {
        Realtime realtime = stream();
        proxy.corruptMessage(place.message, place.offset);

        streams.execute("INSERT INTO item VALUES (1, 1, 'one')");

        RealtimeEvent<Item> event = received.next();
        assertThat(event.id()).isEqualTo(1L);
        Eventually.equal(2L, () -> realtime.status().sessions());
        assertThat(realtime.status().lastError()).isInstanceOfSatisfying(ProtocolException.class, error -> {
            assertThat(error.messageType()).isEqualTo(place.type);
            assertThat(error)
                    .hasMessageContaining(place.type)
                    .hasMessageContaining(error.lsn().toString());
        });
        streams.execute("INSERT INTO item VALUES (2, 2, 'two')");
        RealtimeEvent<Item> next = received.next();
        while (next.eventId().equals(event.eventId())) {
            next = received.next();
        }
        assertThat(next.id()).isEqualTo(2L);
        assertThat(confirmations)
                .noneMatch(confirmation -> !confirmation.handled
                        && Long.compareUnsigned(
                                        confirmation.flush,
                                        event.transaction().commitLsn().value())
                                > 0);
    }

    @Test
    void a_message_that_is_cut_off_is_neither_delivered_nor_confirmed_before_it_came_whole() throws Exception {
        Realtime realtime = stream();
        proxy.cutAtMessage(3);

        streams.execute("INSERT INTO item VALUES (1, 1, 'one')");

        RealtimeEvent<Item> event = received.next();
        assertThat(event.id()).isEqualTo(1L);
        assertThat(realtime.status().sessions()).isEqualTo(2);
        assertThat(received.waiting()).isZero();
    }

    @Test
    void what_is_wrong_each_time_it_comes_ends_the_stream_and_is_there_for_the_next_start() throws Exception {
        Realtime realtime = stream();
        CountDownLatch failed = new CountDownLatch(1);
        Thread corruptor = new Thread(() -> {
            while (failed.getCount() > 0) {
                proxy.corruptMessage(1, BODY);
                LockSupport.parkNanos(1_000_000);
            }
        });
        corruptor.start();

        streams.execute("INSERT INTO item VALUES (1, 1, 'one')");

        Eventually.equal(RealtimeStatus.State.FAILED, () -> realtime.status().state());
        failed.countDown();
        corruptor.join();
        assertThat(realtime.status().lastError()).isInstanceOf(ProtocolException.class);
        assertThat(received.waiting()).isZero();
        proxy.corruptMessage(Long.MAX_VALUE, 0);

        stream();
        assertThat(received.next().id()).isEqualTo(1L);
    }
}
