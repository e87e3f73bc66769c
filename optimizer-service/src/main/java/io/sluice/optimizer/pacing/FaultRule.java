package io.sluice.optimizer.pacing;

/**
 * When errors raise the availability axis.
 *
 * @param enterRatio errors of all requests from which it is raised, 0-1
 * @param leaveRatio below which it is released, 0 to {@code enterRatio}
 * @param minRequests fewer say nothing, at least 1
 * @param level it is raised to, 0-4
 */
public record FaultRule(double enterRatio, double leaveRatio, long minRequests, double level) {

    /** 5 % in, 1 % out. */
    public static final FaultRule DEFAULT = new FaultRule(0.05, 0.01, 200, 2);

    public FaultRule {
        if (!(enterRatio > 0 && enterRatio <= 1)) {
            throw new IllegalArgumentException("enterRatio must be above 0 and at most 1, was " + enterRatio);
        }
        if (!(leaveRatio >= 0 && leaveRatio <= enterRatio)) {
            throw new IllegalArgumentException("leaveRatio must be 0 to enterRatio, was " + leaveRatio);
        }
        if (minRequests < 1) {
            throw new IllegalArgumentException("minRequests must be at least 1, was " + minRequests);
        }
        if (!(level >= 0 && level <= 4)) {
            throw new IllegalArgumentException("level must be 0-4, was " + level);
        }
    }

    /**
     * Whether it is raised now: two states with a gap between in and out.
     *
     * @param raised whether it was
     */
    public boolean raised(boolean raised, long requests, double errorRatio) {
        if (requests < minRequests || !(errorRatio >= 0 && errorRatio <= 1)) {
            return raised;
        }
        return raised ? errorRatio >= leaveRatio : errorRatio >= enterRatio;
    }
}
