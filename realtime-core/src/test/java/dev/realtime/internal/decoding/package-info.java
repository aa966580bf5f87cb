/** Every form a value can come in, the forms it cannot, and the same values as pgjdbc gives them. */
@NullMarked
package dev.realtime.internal.decoding;

import org.jspecify.annotations.NullMarked;
