package io.sluice.benchmarks;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** When each of many did something for the first time. Thread-safe. */
final class Arrivals {
    private static final long PATIENCE_SECONDS = 120;

    private final AtomicLongArray nanos;
    private final AtomicInteger missing;
    private final CountDownLatch done = new CountDownLatch(1);
    private final AtomicReference<@Nullable String> failure = new AtomicReference<>();

    Arrivals(int count) {
        nanos = new AtomicLongArray(count);
        missing = new AtomicInteger(count);
    }

    void arrived(int who, long when) {
        if (nanos.compareAndSet(who, 0, when) && missing.decrementAndGet() == 0) {
            done.countDown();
        }
    }

    /** Ends the waiting with this sentence. */
    void fail(String sentence) {
        failure.compareAndSet(null, sentence);
        done.countDown();
    }

    /** The moments, as soon as all are there. */
    long[] await(String what) {
        try {
            boolean all = done.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
            String failed = failure.get();
            if (failed != null) {
                throw new CannotMeasure(failed);
            }
            if (!all) {
                throw new CannotMeasure(what + ": " + missing.get() + " of " + nanos.length() + " still missing after "
                        + PATIENCE_SECONDS + " s.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotMeasure("The benchmark was interrupted.", e);
        }
        long[] all = new long[nanos.length()];
        for (int i = 0; i < all.length; i++) {
            all[i] = nanos.get(i);
        }
        return all;
    }
}
