/** The replication room against scripted bytes and against real servers. */
package dev.realtime.internal.replication;
