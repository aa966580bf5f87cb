package dev.realtime.faultbed.proxy;

import dev.realtime.faultbed.tls.Identity;
import org.jspecify.annotations.Nullable;

/**
 * Where a proxy leads to and how it speaks. Immutable.
 *
 * @param serverHost the server's host
 * @param serverPort the server's port
 * @param identity who the proxy is to its clients; without one it passes their TLS on unread
 * @param tlsToServer whether it speaks TLS to the server, trusting any certificate
 */
record ProxyPlan(
        String serverHost, int serverPort, @Nullable Identity identity, boolean tlsToServer) {}
