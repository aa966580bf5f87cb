package dev.realtime.faultbed.proxy;

/** Which way bytes go through the proxy. Immutable. */
public enum Direction {
    /** What the client sends: start-up, queries, status updates. */
    TO_SERVER,
    /** What the server sends: answers, WAL messages, keepalives. */
    TO_CLIENT
}
