package io.sluice.optimizer.rollouts;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Wakes those who wait for a rollout when an acknowledgement comes in here; what comes in elsewhere they find by looking. */
@ApplicationScoped
class RolloutWait {
    private final Set<Waiter> waiters = ConcurrentHashMap.newKeySet();

    /** An item at the next change of this rollout, or after {@code atMost}. */
    Uni<Void> change(String scope, long generation, Duration atMost) {
        return Uni.createFrom()
                .<Void>emitter(emitter -> {
                    Waiter waiter = new Waiter(scope, generation, emitter);
                    waiters.add(waiter);
                    emitter.onTermination(() -> waiters.remove(waiter));
                })
                .ifNoItem()
                .after(atMost)
                .recoverWithUni(Uni.createFrom().voidItem());
    }

    void changed(String scope, long generation) {
        // Completing one takes it out of the set.
        waiters.stream()
                .filter(waiter -> waiter.isFor(scope, generation))
                .toList()
                .forEach(waiter -> waiter.emitter.complete(null));
    }

    private record Waiter(String scope, long generation, UniEmitter<? super Void> emitter) {
        boolean isFor(String aScope, long aGeneration) {
            return generation == aGeneration && scope.equals(aScope);
        }
    }
}
