package dev.realtime.internal.engine;

/** What the engine does. */
public enum EngineState {
    /** Checks the server and opens the stream for the first time. */
    STARTING,
    /** Reads. */
    STREAMING,
    /** Waits while another instance streams from the slot. */
    STANDBY,
    /** Opens the stream again. */
    RECONNECTING,
    /** Lets handlers finish what they have begun. */
    STOPPING,
    /** Was stopped. */
    STOPPED,
    /** Cannot go on without help. */
    FAILED
}
