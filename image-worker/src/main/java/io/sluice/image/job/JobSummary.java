package io.sluice.image.job;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The queue at a glance.
 *
 * @param ready jobs that wait
 * @param running jobs that a worker has
 * @param dead jobs that failed for good
 * @param oldestSeconds how long the oldest ready job has waited; 0 without one
 * @param windowSeconds how far back the waiting times reach
 * @param targetSeconds within which a job should be started
 * @param startedInTime share of the jobs started in the window that were started within the target, 0-1; ready jobs that are
 *     over it count as not; 1 without any
 * @param waited of all priorities
 * @param priorities of each priority that has jobs, first to last
 * @param worker this worker
 */
public record JobSummary(
        long ready,
        long running,
        long dead,
        double oldestSeconds,
        double windowSeconds,
        double targetSeconds,

        @Schema(description = "0-1; a ready job that is over the target counts as late")
        double startedInTime,

        Wait waited,
        List<Priority> priorities,
        Worker worker) {

    static final JobSummary NOTHING =
            new JobSummary(0, 0, 0, 0, 0, 0, 1, Wait.NONE, List.of(), new Worker("", false, 0));

    public JobSummary {
        priorities = List.copyOf(priorities);
    }

    /**
     * Waiting times of the jobs started in the window, from being queued to the first start, in seconds.
     *
     * @param started how many
     * @param p50 0 when none was started
     * @param p95 0 when none was started
     * @param p99 0 when none was started
     */
    public record Wait(long started, double p50, double p95, double p99) {
        static final Wait NONE = new Wait(0, 0, 0, 0);
    }

    /**
     * One priority.
     *
     * @param priority 1 first, 9 last
     * @param ready jobs that wait
     * @param running jobs that a worker has
     * @param dead jobs that failed for good
     * @param oldestSeconds how long the oldest ready job has waited; 0 without one
     * @param waited of the jobs started in the window
     */
    public record Priority(int priority, long ready, long running, long dead, double oldestSeconds, Wait waited) {}

    /**
     * The worker that answers.
     *
     * @param id stable over restarts
     * @param draining whether it was told to take no more jobs
     * @param running jobs that it has
     */
    public record Worker(String id, boolean draining, int running) {}

    long depth(JobState state) {
        return switch (state) {
            case READY -> ready;
            case RUNNING -> running;
            case DEAD -> dead;
            case DONE, CANCELLED -> 0;
        };
    }

    JobSummary by(Worker answering) {
        return new JobSummary(
                ready,
                running,
                dead,
                oldestSeconds,
                windowSeconds,
                targetSeconds,
                startedInTime,
                waited,
                priorities,
                answering);
    }
}
