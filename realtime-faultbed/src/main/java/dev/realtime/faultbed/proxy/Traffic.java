package dev.realtime.faultbed.proxy;

/**
 * What has passed through a proxy since it was opened. WAL messages, keepalives and status updates are those of replication
 * connections (PostgreSQL manual, section 54.4). Immutable.
 *
 * @param connections accepted connections
 * @param messages typed messages in both directions
 * @param walMessages XLogData, {@code 'w'}
 * @param keepalives Primary keepalive, {@code 'k'}
 * @param statusUpdates Standby Status Update, {@code 'r'}
 */
public record Traffic(long connections, long messages, long walMessages, long keepalives, long statusUpdates) {}
