package dev.realtime.internal.decoding.binary;

import dev.realtime.type.PgInterval;
import java.util.UUID;

/** The plain scalars. Each reads its value from the reader, and nothing behind it. Thread-safe. */
public final class BinaryValues {

    private BinaryValues() {}

    /**
     * bool: Int8, 0 or 1.
     *
     * @param in stands at the value
     * @return the value
     */
    public static Boolean bool(BinaryReader in) {
        int value = in.int8();
        if (value < 0 || value > 1) {
            throw in.malformed("0 or 1");
        }
        return value == 1;
    }

    static Long uint4(BinaryReader in) {
        return Integer.toUnsignedLong(in.int32());
    }

    static Float float4(BinaryReader in) {
        return Float.intBitsToFloat(in.int32());
    }

    static Double float8(BinaryReader in) {
        return Double.longBitsToDouble(in.int64());
    }

    static byte[] bytea(BinaryReader in) {
        return in.copy(in.remaining());
    }

    static UUID uuid(BinaryReader in) {
        return new UUID(in.int64(), in.int64());
    }

    /**
     * interval: Int64 microseconds, Int32 days, Int32 months.
     *
     * @param in stands at the value
     * @return the interval
     */
    public static PgInterval interval(BinaryReader in) {
        long microseconds = in.int64();
        int days = in.int32();
        return new PgInterval(in.int32(), days, microseconds);
    }
}
