package dev.realtime.event;

/**
 * What a stream says of itself, beside the changes: each is told before any change that comes behind it, but for {@link
 * CaptureChanged}, which the server announces to nobody. Immutable.
 */
public sealed interface Signal permits Started, Gap, CaptureChanged {

    /**
     * The replication slot of the stream.
     *
     * @return its name
     */
    String slot();
}
