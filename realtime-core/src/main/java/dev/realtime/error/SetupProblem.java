package dev.realtime.error;

/** What can be wrong with a server's set-up, as a program can tell it. */
public enum SetupProblem {
    /** The server on the other side is not PostgreSQL, or something between does not let replication through. */
    NOT_POSTGRESQL,
    /** The server is older than the oldest supported version. */
    VERSION,
    /** {@code wal_level} is not {@code logical}. */
    WAL_LEVEL,
    /** User or password are wrong, or {@code pg_hba.conf} has no line for them. */
    AUTHENTICATION,
    /** The database does not exist on the server. */
    DATABASE_MISSING,
    /** The role may not open a replication connection. */
    REPLICATION_PRIVILEGE,
    /** The role may not create or change the publication, or does not own the table. */
    PUBLICATION_PRIVILEGE,
    /** An entity's table is not in the database. */
    TABLE_MISSING,
    /** More than one table could be the entity's. */
    TABLE_AMBIGUOUS,
    /** A mapped column is not in its table, or the publication's column list leaves it out. */
    COLUMN_MISSING,
    /** The publication is not in the database. */
    PUBLICATION_MISSING,
    /** The publication does not carry a table, or not all kinds of change. */
    TABLE_NOT_PUBLISHED,
    /** The table's replica identity does not carry what was asked for. */
    REPLICA_IDENTITY,
    /** A table of this library's own is missing, may not be used by the role, or is published. */
    OWN_TABLE,
    /** A table could not be locked in time to prepare it, because other transactions use it. */
    TABLE_LOCKED,
    /**
     * The stored positions could not be taken over in time: a transaction that an earlier owner of the slot has left open has
     * moved one of them.
     */
    POSITIONS_LOCKED,
    /** The slot is not on the server. */
    SLOT_MISSING,
    /** Another connection streams from the slot. */
    SLOT_IN_USE,
    /** The slot belongs to another output plugin. */
    SLOT_OTHER_PLUGIN,
    /** The slot belongs to another database. */
    SLOT_OTHER_DATABASE,
    /** The slot has an option that does not fit, such as two-phase decoding. */
    SLOT_OTHER_OPTIONS,
    /** The server lacks a function that the stream needs, such as the send function of a type that was asked for in binary. */
    FUNCTION_MISSING,
    /** The slot was invalidated: its log is gone. */
    SLOT_LOST,
    /** The server has no free slot or walsender. */
    LIMIT_REACHED,
    /** The slot could not be created in time, because other transactions hold it up. */
    SLOT_CREATION_BLOCKED
}
