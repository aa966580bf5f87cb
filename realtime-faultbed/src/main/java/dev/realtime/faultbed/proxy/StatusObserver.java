package dev.realtime.faultbed.proxy;

/**
 * Is told of every status update before the server is. Called on the proxy's thread of that connection, which waits for it;
 * with several replication connections, by several threads at once.
 */
@FunctionalInterface
public interface StatusObserver {

    /**
     * A client is about to confirm a position.
     *
     * @param update what it says; the server has not got its last byte yet
     */
    void statusSeen(StatusUpdate update);
}
