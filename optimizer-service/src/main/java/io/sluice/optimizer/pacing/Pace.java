package io.sluice.optimizer.pacing;

/**
 * What one budget asks for.
 *
 * @param required saving that would be needed from now on, 0 to the most that can be saved
 * @param saving that is published
 * @param meanSaving how much of the demand the published savings have hidden lately, weighted like the projection sees it
 * @param gate what decided
 */
public record Pace(double required, double saving, double meanSaving, Gate gate) {

    /** Nothing known, nothing done. */
    public static final Pace NONE = new Pace(0, 0, 0, Gate.FITS);

    /** What decided. */
    public enum Gate {
        /** The forecast fits; nothing is done. */
        FITS,
        /** Not enough to begin with. */
        DEADBAND,
        /** A new saving is in force. */
        CHANGED,
        /** The saving in force is close enough. */
        HYSTERESIS,
        /** It changed too short a time ago. */
        DWELL,
        /** On the way to what is needed, as fast as it may. */
        RAMP,
        /** No longer needed. */
        RELEASED,
        /** The signal is too old: what is in force is held. */
        STALE,
        /** There is no signal: what is in force is held. */
        MISSING,
        /** There is no limit, so nothing to keep. */
        NO_LIMIT,
        /** The period or the budget is over. */
        OVER
    }
}
