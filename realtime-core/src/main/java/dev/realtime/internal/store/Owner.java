package dev.realtime.internal.store;

/**
 * Who may move the stored positions of a slot. Immutable.
 *
 * @param systemIdentifier the server
 * @param epoch counted up by each instance that takes the slot over
 */
public record Owner(String systemIdentifier, long epoch) {}
