package dev.realtime.setup;

/** What to do about a server that lacks something. */
public enum SetupMode {
    /** Run the plan with the replication role's own rights, then stream. */
    APPLY,
    /** Run nothing: fail at start with the plan as SQL in the error. */
    VALIDATE
}
