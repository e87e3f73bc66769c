package io.sluice.image.job;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Whether this worker takes jobs, and the bell that wakes those who wait for one. Thread-safe. */
@ApplicationScoped
class Admission {
    private final Semaphore rings = new Semaphore(0);
    private final int threads;
    private volatile boolean draining;
    private volatile boolean stopped;

    Admission(JobConfig config) {
        this.threads = config.threads();
    }

    /** Whether this worker was told to take no more jobs. */
    boolean draining() {
        return draining;
    }

    /** Takes no more jobs, or takes them again; what is under way goes on. */
    void drain(boolean on) {
        draining = on;
        ring();
    }

    boolean stopped() {
        return stopped;
    }

    void stop() {
        stopped = true;
        ring();
    }

    /** Wakes whoever waits: there may be something to do. */
    void ring() {
        rings.release(Math.max(0, threads - rings.availablePermits()));
    }

    /** Waits for {@link #ring}, for so long; a ring that nobody waited for counts. Yields whether it rang. */
    boolean await(long millis) throws InterruptedException {
        return rings.tryAcquire(millis, TimeUnit.MILLISECONDS);
    }
}
