/**
 * The machine under a test: the children that run the code under test, the signals they get, the ports they listen on.
 *
 * <p>Knows nothing of PostgreSQL. Whatever is started here is gone when its owner is closed.
 */
@NullMarked
package dev.realtime.faultbed.process;

import org.jspecify.annotations.NullMarked;
