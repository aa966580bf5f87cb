package dev.realtime.internal.replication;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class StandbyStatusTest {

    @Test
    void positionsClockAndFlagStandWhereTheManualSays() {
        ByteBuffer status = ByteBuffer.wrap(
                StandbyStatus.encode(0xFFFF_FFFF_FFFF_FFFEL, 42, Instant.parse("2000-01-01T00:00:01.000002Z"), true));
        assertThat(status.remaining()).isEqualTo(StandbyStatus.LENGTH);
        assertThat(status.get()).isEqualTo((byte) 'r');
        assertThat(status.getLong()).isEqualTo(0xFFFF_FFFF_FFFF_FFFEL);
        assertThat(status.getLong()).isEqualTo(42);
        assertThat(status.getLong()).isEqualTo(42);
        assertThat(status.getLong()).isEqualTo(1_000_002);
        assertThat(status.get()).isEqualTo((byte) 1);
    }

    @Test
    void clocksBeforeTheEpochAreNegative() {
        byte[] status = StandbyStatus.encode(0, 0, Instant.parse("1999-12-31T23:59:59Z"), false);
        assertThat(ByteBuffer.wrap(status).getLong(25)).isEqualTo(-1_000_000);
        assertThat(status[33]).isZero();
    }
}
