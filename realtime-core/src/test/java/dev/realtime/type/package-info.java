/** Every form a value can come in, the forms it cannot, and the same values as pgjdbc gives them. */
@NullMarked
package dev.realtime.type;

import org.jspecify.annotations.NullMarked;
