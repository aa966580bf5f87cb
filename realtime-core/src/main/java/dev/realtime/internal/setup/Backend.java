package dev.realtime.internal.setup;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A session of the server, as far as this role may see it (manual, section 28.2.3, {@code pg_stat_activity}). Immutable.
 *
 * @param pid its process; 0 for a prepared transaction, which has none
 * @param role who is logged in; null where it is hidden
 * @param application what it calls itself; null where it is hidden or empty
 * @param prepared the name of the prepared transaction; null for a session
 * @param age how long its transaction is open; null where it is hidden
 */
public record Backend(
        int pid,
        @Nullable String role,
        @Nullable String application,
        @Nullable String prepared,
        @Nullable Duration age) {

    /** As a message shows it: {@code pid 4711 (role shop, application "batch", transaction open for 12 s)}. */
    @Override
    public String toString() {
        StringBuilder text =
                new StringBuilder(prepared == null ? "pid " + pid : "prepared transaction '" + prepared + "'");
        String separator = " (";
        if (role != null) {
            text.append(separator).append("role ").append(role);
            separator = ", ";
        }
        if (application != null) {
            text.append(separator).append("application \"").append(application).append('"');
            separator = ", ";
        }
        if (age != null) {
            text.append(separator)
                    .append("transaction open for ")
                    .append(age.toSeconds())
                    .append(" s");
            separator = ", ";
        }
        return separator.equals(" (") ? text.toString() : text.append(')').toString();
    }
}
