/**
 * Checks and prepares the server by ordinary SQL: tables, publication, replica identity, slot, and the types that the
 * stream speaks of.
 *
 * <p>Must not know streaming: it works on a connection that it is handed, and neither opens nor keeps one. {@link
 * dev.realtime.internal.setup.ServerSetup} is its door.
 *
 * <p>Invariants: reading and writing are apart, a survey runs in a read-only transaction that is rolled back; the
 * publication is there before the slot; a slot is never created where that could pass for one that was lost; what the
 * plan prints is what is run; every name is quoted, and the catalogue is asked with a search path of our own, so that
 * the role's settings decide nothing.
 *
 * <p>Runs on the thread that starts the stream or reconnects it, one at a time per connection.
 */
@NullMarked
package dev.realtime.internal.setup;

import org.jspecify.annotations.NullMarked;
