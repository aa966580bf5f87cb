package dev.realtime.internal.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.realtime.wal.Lsn;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.postgresql.copy.CopyDual;

class FeedbackTest {

    private final List<ByteBuffer> sent = new ArrayList<>();
    private final Feedback feedback =
            new Feedback(copy(), Clock.fixed(Instant.EPOCH, ZoneOffset.UTC), 1_000_000_000L, Lsn.of(50));

    @Test
    void aConfirmationNeverGoesBack() {
        feedback.received(100);
        feedback.confirm(Lsn.of(80));
        feedback.confirm(Lsn.of(80));
        assertThatIllegalArgumentException().isThrownBy(() -> feedback.confirm(Lsn.of(79)));
        assertThat(feedback.confirmed()).isEqualTo(80);
    }

    @Test
    void aConfirmationNeverGoesBeyondWhatTheServerHasSentOrHadAtTheStart() {
        feedback.confirm(Lsn.of(50));
        assertThatIllegalArgumentException().isThrownBy(() -> feedback.confirm(Lsn.of(51)));
        feedback.received(60);
        feedback.confirm(Lsn.of(60));
        assertThatIllegalArgumentException().isThrownBy(() -> feedback.confirm(Lsn.of(-1)));
    }

    @Test
    void positionsAreUnsignedAndTheHighestOneCounts() {
        feedback.received(100);
        feedback.received(0);
        assertThat(feedback.received()).isEqualTo(100);
        feedback.received(Long.MIN_VALUE);
        assertThat(feedback.received()).isEqualTo(Long.MIN_VALUE);
        feedback.confirm(Lsn.of(Long.MIN_VALUE));
    }

    @Test
    void aStatusCarriesWhatWasReceivedAndWhatWasConfirmed() throws SQLException {
        feedback.received(100);
        feedback.confirm(Lsn.of(80));
        feedback.send(true, false);
        ByteBuffer status = sent.get(0);
        assertThat(status.getLong(1)).isEqualTo(100);
        assertThat(status.getLong(9)).isEqualTo(80);
        assertThat(status.getLong(17)).isEqualTo(80);
        assertThat(status.get(33)).isEqualTo((byte) 1);
    }

    @Test
    void aConfirmationThatIsHeldBackGoesOutLater() throws SQLException {
        feedback.received(100);
        feedback.confirm(Lsn.of(70));
        feedback.send(false, false);
        feedback.confirm(Lsn.of(80));
        feedback.send(false, true);
        feedback.send(false, false);
        assertThat(sent).extracting(status -> status.getLong(9)).containsExactly(70L, 70L, 80L);
    }

    private CopyDual copy() {
        return (CopyDual) Proxy.newProxyInstance(
                CopyDual.class.getClassLoader(), new Class<?>[] {CopyDual.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("writeToCopy")) {
                        sent.add(ByteBuffer.wrap((byte[]) arguments[0]));
                    }
                    return null;
                });
    }
}
