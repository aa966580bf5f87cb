package dev.realtime.internal.replication;

import dev.realtime.error.ProtocolException;
import dev.realtime.wal.Lsn;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Reads the envelope of a record (manual, section 54.4, big-endian): {@code 'w'} Int64 start, Int64 walEnd, Int64 clock,
 * payload; {@code 'k'} Int64 walEnd, Int64 clock, Byte1 reply requested. Thread-safe.
 */
final class Frame {

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final int KEEPALIVE_LENGTH = 18;

    private Frame() {}

    /**
     * Unwraps a message.
     *
     * @param frame what the server put into one CopyData
     * @param received the highest position seen before, for the error
     */
    static WalRecord decode(byte[] frame, long received) {
        if (frame.length == 0) {
            throw new ProtocolException("CopyData", Lsn.of(received), "it is empty", null);
        }
        return switch (frame[0]) {
            case 'w' -> {
                if (frame.length <= XLogData.HEADER_LENGTH) {
                    throw tooShort("XLogData", frame, XLogData.HEADER_LENGTH + 1, received);
                }
                yield new XLogData((long) LONG.get(frame, 1), (long) LONG.get(frame, 17), frame);
            }
            case 'k' -> {
                if (frame.length != KEEPALIVE_LENGTH) {
                    throw tooShort("Keepalive", frame, KEEPALIVE_LENGTH, received);
                }
                yield new Keepalive((long) LONG.get(frame, 1), (long) LONG.get(frame, 9), frame[17] != 0);
            }
            default ->
                throw new ProtocolException(
                        String.format("0x%02x", frame[0]), Lsn.of(received), "expected XLogData or Keepalive", null);
        };
    }

    private static ProtocolException tooShort(String type, byte[] frame, int expected, long received) {
        return new ProtocolException(
                type, Lsn.of(received), "it has " + frame.length + " bytes, expected " + expected, null);
    }
}
