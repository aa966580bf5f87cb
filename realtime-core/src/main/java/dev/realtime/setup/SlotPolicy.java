package dev.realtime.setup;

/**
 * Whether a durable slot that is not on the server may be created. A slot that was there and is gone is lost data; the
 * server cannot tell it from a first start.
 */
public enum SlotPolicy {
    /** Only in the run that also creates the publication: nothing can have been missed then. The default. */
    CREATE_WITH_PUBLICATION,
    /** Whenever it is missing. For a first start whose publication came from a migration; take it out afterwards. */
    CREATE,
    /** Never: a missing slot fails the start. */
    REQUIRE
}
