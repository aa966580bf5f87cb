package dev.realtime.event;

/**
 * What a stream does about a {@link Gap} once it was told. Another server ends the stream always, and so does one that
 * went back in time where that is not accepted.
 */
public enum GapPolicy {
    /** It stops, and waits for somebody to decide. The default. */
    STOP,
    /** It goes on where the slot as it stands lets it; a slot that is missing or lost ends it. */
    REPORT,
    /** It goes on; a slot that is missing or lost is created anew, at the end of the log. */
    RECREATE_AND_REPORT,
    /**
     * As {@link #RECREATE_AND_REPORT}, and a server that went back in time is accepted: positions may repeat there with
     * other changes, so that from then on event ids bear one more number, which is kept with the stored positions. Those
     * are needed for it, and begin anew where the slot stands. A stream that was running ends all the same, since what its
     * handlers are at may never have happened: start it again.
     */
    ACCEPT_REWIND
}
