package io.sluice.platform.clock;

/** Monotonic time: only differences mean something. */
@FunctionalInterface
public interface NanoClock {
    /** Nanoseconds since some fixed moment. */
    long nanos();
}
