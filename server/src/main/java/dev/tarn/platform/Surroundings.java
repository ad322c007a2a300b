package dev.tarn.platform;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.random.RandomGenerator;

/** The clock and the randomness of this machine, for a command that runs without the application. */
public record Surroundings(Clock clock, RandomGenerator random) {
    public static Surroundings real() {
        return new Surroundings(Clock.systemUTC(), new SecureRandom());
    }

    public Ids ids() {
        return new Ids(clock, random);
    }
}
