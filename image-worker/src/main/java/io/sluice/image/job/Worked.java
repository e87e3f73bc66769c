package io.sluice.image.job;

import java.util.Locale;

/** What came of a job's work. */
sealed interface Worked {
    /** Nothing more to do. */
    record Ended(Result result) implements Worked {}

    /** A throttle holds it back: later, without counting as a failure. */
    record Later(int seconds) implements Worked {}

    /** How it ended. */
    enum Result {
        /** Everything it was for is stored. */
        MADE,
        /** Its encoder profile is gone, so nobody is sent to its addresses any more. */
        OBSOLETE,
        /** A directive in force allows none of its addresses. */
        CAPPED;

        String token() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
