package dev.realtime.internal.setup;

/** What PostgreSQL logs of a row that is updated or deleted (manual, ALTER TABLE, {@code REPLICA IDENTITY}). */
public enum ReplicaIdentity {
    /** The primary key; nothing where there is none. */
    DEFAULT('d'),
    /** Nothing. */
    NOTHING('n'),
    /** The whole row. */
    FULL('f'),
    /** The columns of a unique index. */
    INDEX('i');

    private final char code;

    ReplicaIdentity(char code) {
        this.code = code;
    }

    static ReplicaIdentity of(String code) {
        for (ReplicaIdentity identity : values()) {
            if (code.length() == 1 && identity.code == code.charAt(0)) {
                return identity;
            }
        }
        throw new IllegalArgumentException("Not a replica identity of PostgreSQL 14 to 18: " + code);
    }
}
