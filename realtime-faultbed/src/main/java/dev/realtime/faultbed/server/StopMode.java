package dev.realtime.faultbed.server;

import java.util.Locale;

/** How a server is asked to stop (PostgreSQL manual, section 19.5, Shutting Down the Server). Immutable. */
public enum StopMode {
    /** SIGQUIT: as a crash. Nothing is flushed, clients lose their sockets, the next start recovers from the log. */
    IMMEDIATE,
    /** SIGINT: sessions are ended; the server waits until its walsenders have sent everything and it was confirmed. */
    FAST,
    /** SIGTERM: waits until the last client has gone by itself. */
    SMART;

    String option() {
        return name().toLowerCase(Locale.ROOT);
    }
}
