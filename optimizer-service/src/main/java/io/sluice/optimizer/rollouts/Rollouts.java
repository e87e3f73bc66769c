package io.sluice.optimizer.rollouts;

import io.sluice.contracts.directive.RolloutStatus;
import io.sluice.platform.clock.NanoClock;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** Who has a directive, now or as soon as that is settled. No thread waits. */
@ApplicationScoped
public class Rollouts {
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    private final RolloutStore store;
    private final RolloutWait waiting;
    private final NanoClock clock;

    Rollouts(RolloutStore store, RolloutWait waiting, NanoClock clock) {
        this.store = store;
        this.waiting = waiting;
        this.clock = clock;
    }

    /** As it stands. */
    public Uni<RolloutStatus> status(String scope, long generation) {
        return store.status(scope, generation);
    }

    /** As soon as it is no longer in progress, at the latest after {@code wait}. */
    Uni<RolloutStatus> settled(String scope, long generation, Duration wait) {
        return until(scope, generation, clock.nanos() + wait.toNanos());
    }

    private Uni<RolloutStatus> until(String scope, long generation, long deadline) {
        return store.status(scope, generation).flatMap(status -> {
            long left = deadline - clock.nanos();
            if (status.state() != RolloutStatus.State.IN_PROGRESS || left <= 0) {
                return Uni.createFrom().item(status);
            }
            Duration pause = Duration.ofNanos(Math.min(left, LOOK_AGAIN.toNanos()));
            return waiting.change(scope, generation, pause).flatMap(changed -> until(scope, generation, deadline));
        });
    }
}
