@NullMarked
package dev.realtime.faultbed.server;

import org.jspecify.annotations.NullMarked;
