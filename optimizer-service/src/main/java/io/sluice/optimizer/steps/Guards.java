package io.sluice.optimizer.steps;

import io.sluice.contracts.directive.Ack;
import io.sluice.contracts.directive.RolloutStatus;
import io.sluice.contracts.directive.RolloutStatus.StepState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Whether a step may be followed by the next one; pure. */
final class Guards {
    private final StepConfig config;

    Guards(StepConfig config) {
        this.config = config;
    }

    /** What the guards say. */
    sealed interface Judgement {
        /** It stays where it is. */
        record Wait(String why) implements Judgement {}

        /** The next step. */
        record Advance() implements Judgement {}

        /** Something happened that must not: back. */
        record Trip(String why) implements Judgement {}
    }

    /**
     * What the CDNs served in one span of time.
     *
     * @param requests all
     * @param errorRatio failed of all, 0-1
     * @param p95Seconds of durations; absent when not told
     */
    record Served(
            long requests, double errorRatio, @Nullable Double p95Seconds) {}

    /**
     * Traffic before the rollout and during its step.
     *
     * @param told false when it should be known and is not: then no further step is taken
     * @param before null when nothing is known. So is the next
     */
    record Traffic(
            boolean told, @Nullable Served before, @Nullable Served during) {
        static final Traffic UNWATCHED = new Traffic(true, null, null);
        static final Traffic NOT_TOLD = new Traffic(false, null, null);
    }

    Judgement judge(StepPlan plan, RolloutStatus status, Traffic traffic, boolean frozen, Instant now) {
        String worse = worse(status, traffic);
        if (!worse.isEmpty()) {
            return new Judgement.Trip(worse);
        }
        Duration age = Duration.between(plan.stepAt(), now);
        boolean quorum = status.applied() >= config.guards().quorum() * status.audience();
        String have = status.applied() + " of " + status.audience() + " receivers have it";
        if (!quorum && age.compareTo(config.timeout()) >= 0) {
            return new Judgement.Trip(have + " after " + config.timeout() + ": waiting for " + laggards(status));
        }
        if (plan.state() == StepState.PAUSED) {
            return new Judgement.Wait(plan.why());
        }
        if (!quorum) {
            return new Judgement.Wait(have);
        }
        if (age.compareTo(config.hold()) < 0) {
            return new Judgement.Wait("watched until " + plan.stepAt().plus(config.hold()));
        }
        if (!traffic.told()) {
            return new Judgement.Wait("metrics-service does not tell errors and durations");
        }
        return frozen ? new Judgement.Wait("levels are frozen") : new Judgement.Advance();
    }

    private String worse(RolloutStatus status, Traffic traffic) {
        for (RolloutStatus.Worker worker : status.workers()) {
            if (worker.status() == Ack.Status.REJECTED) {
                return worker.id() + " rejected generation " + status.generation() + ": " + worker.message();
            }
        }
        Served before = traffic.before();
        Served during = traffic.during();
        long needed = config.guards().minRequests();
        if (before == null || during == null || before.requests() < needed || during.requests() < needed) {
            return "";
        }
        if (during.errorRatio() > before.errorRatio() + config.guards().errorRise()) {
            return String.format(
                    Locale.ROOT,
                    "%.2f %% of requests fail, %.2f %% did before",
                    during.errorRatio() * 100,
                    before.errorRatio() * 100);
        }
        Double usual = before.p95Seconds();
        Double now = during.p95Seconds();
        if (usual != null && now != null && now > usual * config.guards().latencyFactor()) {
            return String.format(Locale.ROOT, "P95 is %.0f ms, it was %.0f ms before", now * 1000, usual * 1000);
        }
        return "";
    }

    private static List<String> laggards(RolloutStatus status) {
        return status.workers().stream()
                .filter(worker -> worker.status() == null || worker.status() == Ack.Status.RECEIVED)
                .map(RolloutStatus.Worker::id)
                .limit(10)
                .toList();
    }
}
