package io.sluice.lfs.forecast;

import java.util.random.RandomGenerator;

/** Draws amounts for the days that are open. */
interface DayDraws {
    /** One amount for each open day, in order. */
    double[] next(RandomGenerator random);
}
