package io.sluice.gateway.drills;

import io.sluice.gateway.selection.Snapshot;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.LongAdder;

/** What the delivery server saw while a drill ran. Counted by any thread, collected by one. */
@Singleton
public class DrillCounts {
    private final LongAdder requests = new LongAdder();
    private final LongAdder moved = new LongAdder();
    private final LongAdder kept = new LongAdder();
    private final LongAdder unserved = new LongAdder();

    /**
     * A share of what was counted.
     *
     * @param requests all that were decided
     * @param moved those that another CDN took
     * @param kept those that the CDN took all the same, for no other could
     * @param unserved those that no CDN took, whatever the cause
     */
    record Counted(long requests, long moved, long kept, long unserved) {
        boolean nothing() {
            return requests == 0;
        }
    }

    /** A request was decided; while no drill runs this is one comparison. */
    public void note(Snapshot snapshot, long hash, long client, int cdn) {
        if (!snapshot.drilled()) {
            return;
        }
        requests.increment();
        if (cdn == Snapshot.NONE) {
            unserved.increment();
        } else if (!snapshot.admits(cdn, Snapshot.bucketOf(hash))) {
            kept.increment();
        } else if (snapshot.displaced(hash, client)) {
            moved.increment();
        }
    }

    /** What was counted since the last call. */
    Counted collect() {
        return new Counted(requests.sumThenReset(), moved.sumThenReset(), kept.sumThenReset(), unserved.sumThenReset());
    }
}
