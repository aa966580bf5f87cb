@NullMarked
package dev.realtime.faultbed.process;

import org.jspecify.annotations.NullMarked;
