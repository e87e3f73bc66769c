package io.sluice.image.origin;

import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.image.upload.StoredImage;
import io.sluice.platform.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Fetches under way: one for each name, so many at a time. */
@ApplicationScoped
class Fetches {
    private final OriginsConfig config;
    private final Semaphore turns;
    private final MeterRegistry meters;
    private final Map<String, CompletableFuture<StoredImage>> underWay = new ConcurrentHashMap<>();

    Fetches(OriginsConfig config, MeterRegistry meters) {
        this.config = config;
        this.turns = new Semaphore(config.fetches(), true);
        this.meters = meters;
    }

    /** Runs a fetch on the calling thread, or waits for the one of the same name that runs already. */
    StoredImage once(String name, Supplier<StoredImage> fetch) {
        CompletableFuture<StoredImage> mine = new CompletableFuture<>();
        CompletableFuture<StoredImage> running = underWay.putIfAbsent(name, mine);
        if (running != null) {
            return joined(running);
        }
        try {
            StoredImage image = inTurn(fetch);
            mine.complete(image);
            count("fetched");
            return image;
        } catch (RuntimeException e) {
            mine.completeExceptionally(e);
            count(e instanceof ProblemException problem ? problem.slug() : "error");
            throw e;
        } finally {
            underWay.remove(name, mine);
        }
    }

    private StoredImage inTurn(Supplier<StoredImage> fetch) {
        try {
            if (!turns.tryAcquire(config.timeout().toMillis(), TimeUnit.MILLISECONDS)) {
                throw OriginFailed.busy("This worker", "sluice.image.sources.fetches are under way", "10");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw OriginFailed.busy("This worker", "it is stopping", "10");
        }
        try {
            return fetch.get();
        } finally {
            turns.release();
        }
    }

    private static StoredImage joined(CompletableFuture<StoredImage> running) {
        try {
            return running.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof ProblemException problem ? problem : e;
        }
    }

    private void count(String outcome) {
        meters.counter("sluice.image.fetches", "outcome", outcome).increment();
    }
}
