package dev.realtime.internal.connection;

import java.util.concurrent.atomic.AtomicBoolean;
import org.postgresql.util.DriverInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Warns, once, of a JDBC driver with known holes: the driver is the application's choice, not ours. Thread-safe. */
final class DriverVersion {

    static final String FLOOR = "42.7.12";

    private static final Logger log = LoggerFactory.getLogger(DriverVersion.class);
    private static final AtomicBoolean asked = new AtomicBoolean();

    private DriverVersion() {}

    static void warnOnce() {
        if (!asked.getAndSet(true) && isBelow(DriverInfo.DRIVER_VERSION, FLOOR)) {
            log.warn(
                    "The PostgreSQL JDBC driver is version {}: {} and later fix CVE-2026-54291 and CVE-2026-42198, which"
                            + " concern every connection of the application. Streaming works with it; raise"
                            + " org.postgresql:postgresql",
                    DriverInfo.DRIVER_VERSION,
                    FLOOR);
        }
    }

    static boolean isBelow(String version, String floor) {
        String[] found = version.split("\\D+");
        String[] wanted = floor.split("\\D+");
        for (int i = 0; i < wanted.length; i++) {
            int part = i < found.length && !found[i].isEmpty() ? Integer.parseInt(found[i]) : 0;
            if (part != Integer.parseInt(wanted[i])) {
                return part < Integer.parseInt(wanted[i]);
            }
        }
        return false;
    }
}
