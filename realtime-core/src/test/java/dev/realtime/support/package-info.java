/** What the tests of the core map without an ORM: the mapping SPI, used as an application might use it. */
@NullMarked
package dev.realtime.support;

import org.jspecify.annotations.NullMarked;
