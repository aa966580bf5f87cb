package dev.realtime.event;

/**
 * The application's code for what a stream says of itself. It is called with one signal at a time, on a thread of its own,
 * and the stream goes on when it returns: not before whatever must be brought up to date is.
 *
 * @param <S> the kind of signal
 */
@FunctionalInterface
public interface SignalHandler<S extends Signal> {

    /**
     * Takes note of a signal.
     *
     * @param signal what the stream says
     * @throws Exception where it could not be noted: the stream does not go on then
     */
    void handle(S signal) throws Exception;
}
