package dev.realtime.internal.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.realtime.error.ProtocolException;
import dev.realtime.wal.Lsn;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class FrameTest {

    private static final byte[] DATA = ByteBuffer.allocate(28)
            .put((byte) 'w')
            .putLong(0x8000_0000_0000_0001L)
            .putLong(0x8000_0000_0000_0001L)
            .putLong(-7)
            .put(new byte[] {'I', 1, 2})
            .array();
    private static final byte[] KEEPALIVE = ByteBuffer.allocate(18)
            .put((byte) 'k')
            .putLong(77)
            .putLong(8)
            .put((byte) 1)
            .array();

    @Test
    void aPieceOfTheLogIsUnwrappedWithoutACopy() {
        XLogData data = (XLogData) Frame.decode(DATA, 0);
        assertThat(data.lsn()).isEqualTo(0x8000_0000_0000_0001L);
        assertThat(data.serverClockMicros()).isEqualTo(-7);
        assertThat(data.bytes()).isSameAs(DATA);
        assertThat(Arrays.copyOfRange(data.bytes(), data.offset(), data.offset() + data.length()))
                .containsExactly('I', 1, 2);
    }

    @Test
    void aKeepaliveIsUnwrapped() {
        assertThat(Frame.decode(KEEPALIVE, 0)).isEqualTo(new Keepalive(77, 8, true));
        byte[] quiet = KEEPALIVE.clone();
        quiet[17] = 0;
        assertThat(Frame.decode(quiet, 0)).isEqualTo(new Keepalive(77, 8, false));
    }

    @Test
    void everyTruncationIsAnErrorOfTheProtocolAtTheLastPosition() {
        for (byte[] whole : new byte[][] {Arrays.copyOf(DATA, 26), KEEPALIVE}) {
            for (int length = 0; length < whole.length; length++) {
                byte[] truncated = Arrays.copyOf(whole, length);
                assertThatExceptionOfType(ProtocolException.class)
                        .as("%d of %d bytes", length, whole.length)
                        .isThrownBy(() -> Frame.decode(truncated, 0x16_0000_0001L))
                        .satisfies(e -> assertThat(e.lsn()).isEqualTo(Lsn.parse("16/1")));
            }
        }
    }

    @Test
    void aKeepaliveThatIsTooLongIsAnErrorToo() {
        assertThatExceptionOfType(ProtocolException.class)
                .isThrownBy(() -> Frame.decode(Arrays.copyOf(KEEPALIVE, 19), 0))
                .satisfies(e -> assertThat(e.messageType()).isEqualTo("Keepalive"));
    }

    @Test
    void everyUnknownKindIsAnErrorThatNamesIt() {
        for (int tag = 0; tag < 256; tag++) {
            if (tag != 'w' && tag != 'k') {
                byte[] frame = DATA.clone();
                frame[0] = (byte) tag;
                String name = String.format("0x%02x", tag);
                assertThatExceptionOfType(ProtocolException.class)
                        .isThrownBy(() -> Frame.decode(frame, 0))
                        .satisfies(e -> assertThat(e.messageType()).isEqualTo(name));
            }
        }
    }
}
