package dev.realtime.event;

/**
 * What a stream does about a {@link Gap} once it was told. Another server and one that went back in time end the stream
 * always.
 */
public enum GapPolicy {
    /** It stops, and waits for somebody to decide. The default. */
    STOP,
    /** It goes on where the slot as it stands lets it; a slot that is missing or lost ends it. */
    REPORT,
    /** It goes on; a slot that is missing or lost is created anew, at the end of the log. */
    RECREATE_AND_REPORT
}
