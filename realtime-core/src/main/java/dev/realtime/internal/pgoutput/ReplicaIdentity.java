package dev.realtime.internal.pgoutput;

/** A table's REPLICA IDENTITY: the same letters as {@code relreplident} in {@code pg_class} (manual, section 51.11). */
public enum ReplicaIdentity {
    /** {@code d}: the primary key, if there is one. */
    DEFAULT,
    /** {@code n}: nothing. */
    NOTHING,
    /** {@code f}: all columns. */
    FULL,
    /** {@code i}: the columns of one unique index. */
    INDEX;

    static ReplicaIdentity decode(MessageReader in) {
        int letter = in.int8();
        return switch (letter) {
            case 'd' -> DEFAULT;
            case 'n' -> NOTHING;
            case 'f' -> FULL;
            case 'i' -> INDEX;
            default -> throw in.malformed("replica identity " + MessageReader.hex(letter) + " is none of d, n, f, i");
        };
    }
}
