package dev.realtime.faultbed.proxy;

import dev.realtime.faultbed.tls.Identity;
import org.jspecify.annotations.Nullable;

/** How a proxy is to speak; plain on both sides without further ado. Confined to the thread that builds. */
public final class FaultProxyBuilder {

    private final String serverHost;
    private final int serverPort;
    private @Nullable Identity identity;
    private boolean tlsToServer;

    FaultProxyBuilder(String serverHost, int serverPort) {
        this.serverHost = serverHost;
        this.serverPort = serverPort;
    }

    /**
     * Offers TLS to clients and ends it here, so that what they say can be read. Without this a client's TLS goes through to
     * the server, and nothing in it is parsed. Direct TLS, without a request before it, is not supported.
     *
     * @param identity who the proxy is to its clients
     * @return this builder
     */
    public FaultProxyBuilder tls(Identity identity) {
        this.identity = identity;
        return this;
    }

    /**
     * Speaks TLS to the server, whose certificate is not checked. SCRAM's channel binding fails between two TLS links, as it
     * should; a client that must bind talks to a proxy that is plain towards the server.
     *
     * @return this builder
     */
    public FaultProxyBuilder tlsToServer() {
        this.tlsToServer = true;
        return this;
    }

    /**
     * Opens the proxy.
     *
     * @return a proxy that accepts connections, the caller's to close
     */
    public FaultProxy start() {
        return new FaultProxy(new ProxyPlan(serverHost, serverPort, identity, tlsToServer));
    }
}
