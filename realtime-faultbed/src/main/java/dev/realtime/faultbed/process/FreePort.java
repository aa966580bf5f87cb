package dev.realtime.faultbed.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Finds TCP ports that stay ours while nobody listens on them: below every system's range of ephemeral ports (Linux begins
 * at 32768, others at 49152), so that no outgoing connection of anyone's takes one by chance. Thread-safe.
 */
public final class FreePort {

    private static final Set<Integer> FOUND = ConcurrentHashMap.newKeySet();

    private FreePort() {}

    /**
     * Finds a port.
     *
     * @return one that nobody listened on a moment ago, and that was not found before in this process
     */
    public static int find() {
        int candidate = candidate();
        while (!FOUND.add(candidate) || !isFree(candidate)) {
            candidate = candidate();
        }
        return candidate;
    }

    /**
     * Whether a port can be listened on at this moment.
     *
     * @param port a port on the loopback interface
     * @return false where someone has it
     */
    public static boolean isFree(int port) {
        try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return probe.isBound();
        } catch (IOException taken) {
            return false;
        }
    }

    private static int candidate() {
        return ThreadLocalRandom.current().nextInt(20_000, 32_000);
    }
}
