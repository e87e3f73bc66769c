package io.sluice.benchmarks;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** Work on all photographs, two at a time. */
final class Lanes {
    /** How many are converted at once by everybody. */
    static final int CONCURRENCY = 2;

    private Lanes() {}

    /** Result of {@code work} by the photograph's name. */
    static <T> Map<String, T> forEach(List<Photo> photos, Function<Photo, T> work) {
        Map<String, T> results = new ConcurrentHashMap<>();
        try (ExecutorService lanes = Executors.newFixedThreadPool(CONCURRENCY)) {
            List<Future<?>> running = photos.stream()
                    .<Future<?>>map(photo -> lanes.submit(() -> {
                        results.put(photo.name(), work.apply(photo));
                    }))
                    .toList();
            for (Future<?> one : running) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotMeasure("The benchmark was interrupted.", e);
        }
        return results;
    }
}
