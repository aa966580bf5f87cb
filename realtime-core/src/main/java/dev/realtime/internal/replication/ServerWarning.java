package dev.realtime.internal.replication;

/**
 * What the server warned of in the middle of the stream. From version 18 on a missing publication is no more than that:
 * the stream goes on without its changes. Immutable.
 *
 * @param sqlState the SQLSTATE (manual, appendix A): decide by this
 * @param message the server's words, for people
 */
public record ServerWarning(String sqlState, String message) {

    /** The SQLSTATE of the warning that a publication was not there when a change was decoded (18). */
    public static final String PUBLICATION_SKIPPED = "55000";
}
