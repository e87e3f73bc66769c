package io.sluice.image.job;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.sluice.contracts.image.MalformedAddress;
import io.sluice.contracts.image.VariantAddress;
import io.sluice.image.variant.EncoderProfile;
import io.sluice.image.variant.Undecodable;
import io.sluice.image.variant.VariantMaker;
import io.sluice.platform.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/**
 * Works the queue off on platform threads of its own: claim, encode, publish, end the job. A job whose worker dies is taken up
 * again when its lease has run out; one that keeps failing is set aside.
 */
@ApplicationScoped
class JobRunner {
    private static final Logger LOG = Logger.getLogger(JobRunner.class);
    private static final Duration DATABASE = Duration.ofSeconds(10);

    private final JobStore store;
    private final VariantMaker maker;
    private final EncoderProfile profile;
    private final JobConfig config;
    private final MeterRegistry meters;
    private final String owner = UUID.randomUUID().toString();
    private final Map<Long, EncodeJob> running = new ConcurrentHashMap<>();
    private final Map<String, AtomicLong> depth =
            Map.of("ready", new AtomicLong(), "running", new AtomicLong(), "dead", new AtomicLong());
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final List<Thread> threads = new ArrayList<>();

    JobRunner(JobStore store, VariantMaker maker, EncoderProfile profile, JobConfig config, MeterRegistry meters) {
        this.store = store;
        this.maker = maker;
        this.profile = profile;
        this.config = config;
        this.meters = meters;
        depth.forEach((state, count) -> meters.gauge(
                "sluice.image.jobs", List.of(io.micrometer.core.instrument.Tag.of("state", state)), count));
    }

    void start(@Observes StartupEvent event) {
        for (int i = 0; i < config.threads(); i++) {
            threads.add(Thread.ofPlatform().daemon().name("deferred-", i).start(this::work));
        }
    }

    /** Waits for the encode under way; what is not finished by then is taken up after its lease. */
    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        stopped.countDown();
        for (Thread thread : threads) {
            thread.join(Duration.ofSeconds(10));
        }
    }

    @Scheduled(every = "5s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> tend() {
        return store.reap()
                .chain(store::count)
                .invoke(counts -> depth.forEach((state, count) -> count.set(counts.getOrDefault(state, 0L))))
                .onFailure()
                .recoverWithItem(Map.of())
                .replaceWithVoid();
    }

    @Scheduled(every = "10s")
    Uni<Void> keepLeases() {
        List<Uni<Boolean>> beats = running.values().stream()
                .map(job ->
                        store.heartbeat(job, owner, config.lease()).onFailure().recoverWithItem(true))
                .toList();
        return beats.isEmpty()
                ? Uni.createFrom().voidItem()
                : Uni.join().all(beats).andCollectFailures().replaceWithVoid();
    }

    private void work() {
        try {
            while (stopped.getCount() > 0) {
                Optional<EncodeJob> job = claim();
                if (job.isPresent()) {
                    run(job.get());
                } else if (stopped.await(config.poll().toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Optional<EncodeJob> claim() {
        try {
            return store.claim(owner, config.lease()).await().atMost(DATABASE);
        } catch (RuntimeException e) {
            LOG.debugf("the queue cannot be read: %s", e.getMessage());
            return Optional.empty();
        }
    }

    private void run(EncodeJob job) {
        running.put(job.id(), job);
        try {
            VariantAddress address = VariantAddress.parse(job.address());
            boolean present = address.recipe()
                    .map(recipe -> recipe.profile().equals(profile.id()))
                    .orElse(false);
            if (present) {
                maker.makeHere(address);
            }
            // An address of a profile that is gone is not made: nobody is sent there any more.
            end(job, present ? "done" : "obsolete");
        } catch (MalformedAddress | Undecodable e) {
            fail(job, e, true);
        } catch (ProblemException e) {
            fail(job, e, false);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            LOG.errorf(e, "deferred encode %s failed", job.address());
            fail(job, e, false);
        } finally {
            running.remove(job.id());
        }
    }

    private void end(EncodeJob job, String result) {
        count(result);
        try {
            store.done(job, owner).await().atMost(DATABASE);
        } catch (RuntimeException e) {
            LOG.warnf("job %d is done but could not be ended; it will be found done: %s", job.id(), e.getMessage());
        }
    }

    private void fail(EncodeJob job, Exception cause, boolean forGood) {
        count("failed");
        try {
            store.failed(job, owner, String.valueOf(cause.getMessage()), forGood)
                    .await()
                    .atMost(DATABASE);
        } catch (RuntimeException e) {
            LOG.warnf("job %d failed, which could not be noted: %s", job.id(), e.getMessage());
        }
    }

    private void count(String result) {
        meters.counter("sluice.image.jobs.ended", "result", result).increment();
    }
}
