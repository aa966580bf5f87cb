package dev.realtime.internal.connection;

import java.util.Locale;

/**
 * Tells by its spelling alone whether a host is this machine: a name service is never asked, because its answer may
 * change between the question and the connect. Thread-safe.
 */
final class Loopback {

    private Loopback() {}

    static boolean is(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        if (name.startsWith("[") && name.endsWith("]")) {
            name = name.substring(1, name.length() - 1);
        }
        return name.equals("localhost")
                || name.equals("::1")
                || name.equals("0:0:0:0:0:0:0:1")
                || name.matches("127(\\.\\d{1,3}){3}");
    }
}
