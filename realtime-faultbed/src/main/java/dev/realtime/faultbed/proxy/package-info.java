/**
 * A network that can be broken on purpose: a TCP proxy before a PostgreSQL server that cuts, resets, swallows, slows and
 * corrupts, and that reads the protocol as it passes (PostgreSQL manual, chapter 54, Frontend/Backend Protocol).
 *
 * <p>Knows what a message is and which of them tell how far a client has confirmed; it must not know what a WAL message's
 * payload means. Bytes are forwarded as they come, also those of half a message; they are never held back to be parsed.
 * Each connection has a thread per direction, all threads end with the proxy. Faults may be set from any thread.
 */
@NullMarked
package dev.realtime.faultbed.proxy;

import org.jspecify.annotations.NullMarked;
