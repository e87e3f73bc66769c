package io.sluice.optimizer.replays;

import io.sluice.optimizer.pacing.Reading;

/** Whoever decides in a replay; asked once a step, in order. */
@FunctionalInterface
public interface Steering {
    /** What to do from now on. */
    Order next(Reading reading);

    /**
     * @param saving of demand at level 0, by the ladder
     * @param allowed share of requests that are let through, 0-1
     */
    record Order(double saving, double allowed) {
        /** Nothing is saved, everything is served. */
        public static final Order NOTHING = new Order(0, 1);
    }
}
