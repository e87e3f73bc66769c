package io.sluice.platform.clock;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/** The system's clock and randomness, where a test has put nothing else. */
public final class Clocks {
    @Produces
    @Singleton
    @io.quarkus.arc.DefaultBean
    InstantSource wallClock() {
        return InstantSource.system();
    }

    /** Monotonic nanoseconds, for durations. */
    @Produces
    @Singleton
    @io.quarkus.arc.DefaultBean
    NanoClock monotonicClock() {
        return System::nanoTime;
    }

    /** For jitter and back-off, never for secrets. */
    @Produces
    @Singleton
    @io.quarkus.arc.DefaultBean
    RandomGenerator random() {
        return RandomGenerator.getDefault();
    }
}
