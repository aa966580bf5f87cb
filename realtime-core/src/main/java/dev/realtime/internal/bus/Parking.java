package dev.realtime.internal.bus;

import dev.realtime.internal.binding.BoundChange;

/** Where changes are put aside that a subscription has given up. Called on the subscription's thread. */
@FunctionalInterface
public interface Parking {

    /**
     * Puts a change aside. When it returns, the change is safe there; one that lies there already stays once.
     *
     * @param subscription the name of the subscription that gives it up
     * @param change the change
     * @param attempts how often it was offered
     * @param failure why it failed last
     * @throws RuntimeException where it could not: it is tried again
     * @throws TooLargeToPark where it never can
     */
    void park(String subscription, BoundChange<?> change, int attempts, Throwable failure) throws TooLargeToPark;

    /** A change is too large to be put aside. */
    final class TooLargeToPark extends Exception {

        private static final long serialVersionUID = 1L;

        /**
         * A change that is too large.
         *
         * @param message how large it is, and may be
         */
        public TooLargeToPark(String message) {
            super(message);
        }
    }
}
