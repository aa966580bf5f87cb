/**
 * PostgreSQL's logical replication as typed JPA entity events, inside the application.
 *
 * <p>{@link dev.realtime.Realtime#register} is the way in. It is the only place where the rooms are put together, and
 * nothing below imports it.
 */
@NullMarked
package dev.realtime;

import org.jspecify.annotations.NullMarked;
