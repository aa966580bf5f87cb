package dev.realtime.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.realtime.error.FencedException;
import dev.realtime.faultbed.server.SharedServer;
import dev.realtime.faultbed.server.TestDatabase;
import dev.realtime.internal.store.SlotOffsets.Standing;
import dev.realtime.wal.EventPosition;
import dev.realtime.wal.Lsn;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who owns the stored positions of a slot, and who does not any more. */
class SlotOffsetsIT {

    private static final String SERVER = "7001";
    private static final List<String> NAMES = List.of("writer");

    private final OffsetTable offsets = new OffsetTable(new StoredTable("public", "realtime_offset"));
    private final CoverageTable coverage = new CoverageTable(new StoredTable("public", "realtime_offset_covered"));
    private final TestDatabase database = TestDatabase.on(SharedServer.get());
    private final SlotOffsets one = new SlotOffsets("shop", offsets, coverage);
    private final SlotOffsets other = new SlotOffsets("shop", offsets, coverage);
    private Connection control;

    @BeforeEach
    void open() throws SQLException {
        database.execute(offsets.creation(), coverage.creation());
        control = database.connect();
    }

    @AfterEach
    void close() throws SQLException {
        control.close();
        database.close();
    }

    private static void takeOver(SlotOffsets instance, Connection connection) throws SQLException {
        instance.takeOver(connection, SERVER, 1, Lsn.of(100), NAMES);
    }

    private boolean move(SlotOffsets instance, long commit) throws SQLException {
        return instance.move(control, "writer", new EventPosition(Lsn.of(commit), 0));
    }

    /** A connection that breaks at its commit. */
    private Connection breaking() throws SQLException {
        Connection breaks = database.connect();
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("commit")) {
                        breaks.close();
                        throw new SQLException("planned", "08006");
                    }
                    try {
                        return method.invoke(breaks, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Test
    void who_takes_over_fences_who_was_before() throws Exception {
        takeOver(one, control);
        assertThat(move(one, 200)).isTrue();

        takeOver(other, control);

        assertThat(one.standing(control, 0)).isEqualTo(Standing.FOLLOWED);
        assertThat(other.standing(control, 0)).isEqualTo(Standing.OWNER);
        assertThatThrownBy(() -> move(one, 300)).isInstanceOf(FencedException.class);
        assertThat(move(other, 200)).as("handled by the one before").isFalse();
        assertThat(move(other, 300)).isTrue();
    }

    @Test
    void who_failed_to_take_over_again_is_fenced_from_the_epoch_that_it_did_not_get() throws Exception {
        takeOver(one, control);
        takeOver(other, control);
        assertThatThrownBy(() -> takeOver(one, breaking())).isInstanceOf(SQLException.class);

        takeOver(other, control);

        assertThat(one.standing(control, 0)).isEqualTo(Standing.FOLLOWED);
        assertThatThrownBy(() -> move(one, 300)).isInstanceOf(FencedException.class);
    }

    @Test
    void a_subscription_whose_rows_are_lost_keeps_no_other_from_being_recorded() throws Exception {
        List<String> names = List.of("gone", "elsewhere", "uncovered", "sound");
        one.takeOver(control, SERVER, 1, Lsn.of(100), names);
        database.execute(
                "DELETE FROM realtime_offset WHERE name = 'gone'",
                "UPDATE realtime_offset SET system_id = '7002' WHERE name = 'elsewhere'",
                "DELETE FROM realtime_offset_covered WHERE name = 'uncovered'");
        Map<String, Lsn> done = names.stream().collect(Collectors.toMap(name -> name, name -> Lsn.of(200)));

        SlotOffsets.Recorded recorded = one.record(control, Lsn.of(200), done, names);

        assertThat(recorded.lost()).containsOnlyKeys("gone", "elsewhere", "uncovered");
        assertThat(recorded.lost().get("elsewhere")).isPresent();
        assertThat(recorded.lost().get("gone")).isEmpty();
        StoredState state = one.read(control).orElseThrow();
        assertThat(state.offsets().get("sound").commitLsn()).isEqualTo(Lsn.of(200));
        assertThat(state.offsets().get("elsewhere").commitLsn()).isEqualTo(Lsn.of(100));
        assertThat(state.covered().get("sound")).isEqualTo(Lsn.of(200));
    }

    @Test
    void a_row_that_is_gone_is_not_made_anew_by_who_takes_over() throws Exception {
        takeOver(one, control);
        database.execute("DELETE FROM realtime_offset");

        StoredState state = other.takeOver(control, SERVER, 1, Lsn.of(200), List.of("writer", "new"));

        assertThat(state.offsets()).containsOnlyKeys("new");
    }

    @Test
    void rows_that_are_gone_are_not_another_owners() throws Exception {
        takeOver(one, control);
        database.execute("DELETE FROM realtime_offset_covered");

        assertThat(one.standing(control, 0)).isEqualTo(Standing.GONE);
    }
}
