package dev.realtime.support;

import java.util.concurrent.ThreadLocalRandom;

/** Where the chance in a test comes from: printed each time, and given back by {@code -Drealtime.seed=…} to play it again. */
public final class Seed {

    private Seed() {}

    /**
     * A seed, another one in each run unless one is given.
     *
     * @param what it decides, as in "The seed of the kills"
     */
    public static long of(String what) {
        Long given = Long.getLong("realtime.seed");
        long seed = given == null ? ThreadLocalRandom.current().nextLong() : given;
        System.out.println("The seed of the " + what + " is " + seed);
        return seed;
    }
}
