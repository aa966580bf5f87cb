/**
 * A first look at realtime: {@link dev.realtime.examples.quickstart.Quickstart} starts a PostgreSQL server, writes to it in
 * three ways, breaks the stream once, and prints what arrives.
 */
@NullMarked
package dev.realtime.examples.quickstart;

import org.jspecify.annotations.NullMarked;
