package dev.realtime.internal.replication;

import dev.realtime.wal.Lsn;

/**
 * Which server this is (manual, section 54.4, {@code IDENTIFY_SYSTEM}). Immutable.
 *
 * @param systemIdentifier the number that {@code initdb} gave the cluster; a physical copy has the same
 * @param timeline the timeline, which a promotion raises
 * @param walFlush how far the server's log was flushed when it was asked
 * @param database the database that the session decodes
 */
public record SystemIdentity(String systemIdentifier, int timeline, Lsn walFlush, String database) {}
