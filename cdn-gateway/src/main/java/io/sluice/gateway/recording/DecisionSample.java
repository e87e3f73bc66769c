package io.sluice.gateway.recording;

import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Decisions chosen at random, the latest of them, in a ring. A decision that is not chosen costs one random number; one that is
 * chosen costs one small object and no lock. Lost at a restart, and each replica has its own.
 */
@Singleton
public class DecisionSample {
    private static final int MOST = 1_000_000;

    private final AtomicReferenceArray<Recorded> ring;
    private final AtomicLong next = new AtomicLong();
    private final int oneIn;
    private final InstantSource clock;

    DecisionSample(RecordingConfig config, InstantSource clock) {
        if (config.size() < 1 || config.size() > MOST || config.oneIn() < 1) {
            throw new IllegalArgumentException(
                    "sluice.gateway.recording.size must be 1-" + MOST + ", one-in at least 1");
        }
        this.ring = new AtomicReferenceArray<>(config.size());
        this.oneIn = config.oneIn();
        this.clock = clock;
    }

    /** Keeps a decision, if it is one that is chosen. */
    public void note(String address, long hash, int country, long client, String market, String cdn) {
        if (oneIn == 1 || ThreadLocalRandom.current().nextInt(oneIn) == 0) {
            int slot = (int) (next.getAndIncrement() % ring.length());
            ring.set(slot, new Recorded(clock.millis(), address, hash, country, client, market, cdn));
        }
    }

    /** How many decisions each one stands for. */
    public int oneIn() {
        return oneIn;
    }

    /** What is kept, oldest first. */
    public List<Recorded> recorded() {
        List<Recorded> recorded = new ArrayList<>();
        for (int slot = 0; slot < ring.length(); slot++) {
            Recorded one = ring.get(slot);
            if (one != null) {
                recorded.add(one);
            }
        }
        recorded.sort(Comparator.comparingLong(Recorded::epochMillis));
        return recorded;
    }
}
