@NullMarked
package dev.realtime.faultbed.proxy;

import org.jspecify.annotations.NullMarked;
