package dev.realtime.internal.replication;

/**
 * What one stream has done so far. Immutable.
 *
 * @param bytes bytes read from the socket, encrypted where it is
 * @param reads reads of the socket, each perhaps many records
 * @param records pieces of the log
 * @param keepalives signs of life
 * @param statuses status messages sent
 * @param statusesInsideMessages those of them that were sent in the middle of a message
 */
public record StreamCounters(
        long bytes, long reads, long records, long keepalives, long statuses, long statusesInsideMessages) {}
