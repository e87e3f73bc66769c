package io.sluice.image.variant;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.ShutdownEvent;
import io.sluice.platform.clock.NanoClock;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Platform threads that encode, one for each core, behind a bounded queue and a memory budget. Native calls pin a virtual
 * thread, and more threads than cores only cost memory.
 */
@ApplicationScoped
class EncodePool {
    private static final long MIB = 1 << 20;

    private final ThreadPoolExecutor threads;
    private final Semaphore memory;
    private final int memoryMib;
    private final long waitNanos;
    private final NanoClock clock;
    private final Timer queueWait;

    /** Who waits for an encode. */
    interface Result<T> {
        void made(T value);

        void failed(Throwable cause);
    }

    EncodePool(EncodingConfig config, NanoClock clock, MeterRegistry meters) {
        int cores = config.threads().orElse(Runtime.getRuntime().availableProcessors());
        this.threads = new ThreadPoolExecutor(
                cores,
                cores,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(config.queue()),
                Thread.ofPlatform().name("encode-", 0).daemon().factory());
        this.memoryMib = Math.toIntExact(Math.max(1, config.memory().asLongValue() / MIB));
        this.memory = new Semaphore(memoryMib, true);
        this.waitNanos = config.maxWait().toNanos();
        this.clock = clock;
        this.queueWait = meters.timer("sluice.image.queue.wait");
        meters.gauge("sluice.image.queue.depth", threads.getQueue(), java.util.Collection::size);
        meters.gauge(
                "sluice.image.encoding.memory.reserved.bytes",
                memory,
                free -> (double) (memoryMib - free.availablePermits()) * MIB);
    }

    /**
     * Runs {@code work} on one of the threads.
     *
     * @param bytes what it will need, by estimate; more than the budget counts as the whole budget
     * @param result told how it went, on that thread; {@link Busy} when the queue is full or the wait too long
     */
    <T> void submit(long bytes, Callable<T> work, Result<T> result) {
        long queued = clock.nanos();
        try {
            threads.execute(() -> run(queued, bytes, work, result));
        } catch (RejectedExecutionException e) {
            result.failed(new Busy("Too many encodes are waiting; try again."));
        }
    }

    /** Runs {@code work} on the calling thread once there is memory for it. */
    <T> T within(long bytes, Callable<T> work) throws Exception {
        int permits = permits(bytes);
        memory.acquire(permits);
        try {
            return work.call();
        } finally {
            memory.release(permits);
        }
    }

    void stop(@Observes ShutdownEvent event) {
        threads.shutdown();
    }

    private <T> void run(long queued, long bytes, Callable<T> work, Result<T> result) {
        try {
            int permits = permits(bytes);
            long left = waitNanos - (clock.nanos() - queued);
            if (left <= 0 || !memory.tryAcquire(permits, left, TimeUnit.NANOSECONDS)) {
                result.failed(new Busy("The encode did not get its turn in time; try again."));
                return;
            }
            queueWait.record(clock.nanos() - queued, TimeUnit.NANOSECONDS);
            try {
                result.made(work.call());
            } finally {
                memory.release(permits);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            result.failed(new Busy("The service is stopping; try again."));
        } catch (Exception e) {
            result.failed(e);
        }
    }

    private int permits(long bytes) {
        return (int) Math.min(memoryMib, Math.max(1, bytes / MIB));
    }
}
