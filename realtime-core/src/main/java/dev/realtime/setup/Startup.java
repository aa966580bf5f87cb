package dev.realtime.setup;

/** Whether an application waits at its start until changes stream. */
public enum Startup {
    /** {@code start()} returns when changes stream, and throws where they cannot. The default. */
    WAIT,
    /**
     * {@code start()} returns at once, so that the application boots without its database. What the server lacks, and a server
     * that cannot be reached, is no failure of the start then: it is logged, the status has it as the last error, and it is
     * tried again until changes stream.
     */
    BACKGROUND
}
