package io.sluice.optimizer.rollouts;

import io.sluice.platform.database.DatabaseUnavailable;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Works off many items at a time: what comes while a batch is on its way makes the next batch, so one item alone waits for
 * nobody and ten thousand cost a few dozen statements. Items of one key never share a batch and keep their order. When a batch
 * fails for another reason than a database that is away, each of its items is tried alone, so that one bad item fails alone.
 *
 * <p>Thread-safe. At most {@code most} items wait; the next one is refused with {@link DatabaseUnavailable}.
 *
 * @param <T> an item
 */
final class Gathering<T> {
    private final int largest;
    private final int most;
    private final Function<T, Object> key;
    private final Function<List<T>, Uni<List<Optional<Throwable>>>> work;
    private final Deque<Waiting<T>> waiting = new ArrayDeque<>();
    private boolean working;

    /**
     * @param largest items in a batch
     * @param most items that may wait
     * @param key of an item
     * @param work yields, for each item of a batch in its order, why it was refused
     */
    Gathering(int largest, int most, Function<T, Object> key, Function<List<T>, Uni<List<Optional<Throwable>>>> work) {
        this.largest = largest;
        this.most = most;
        this.key = key;
        this.work = work;
    }

    private record Waiting<T>(T item, UniEmitter<? super Void> emitter) {
        void done(Optional<Throwable> refusal) {
            refusal.ifPresentOrElse(emitter::fail, () -> emitter.complete(null));
        }
    }

    /** Fails with why the item was refused. */
    Uni<Void> add(T item) {
        return Uni.createFrom().emitter(emitter -> {
            if (enqueue(new Waiting<>(item, emitter))) {
                next();
            } else {
                emitter.fail(new DatabaseUnavailable("Too many acknowledgements wait to be written; try again."));
            }
        });
    }

    private synchronized boolean enqueue(Waiting<T> one) {
        return waiting.size() < most && waiting.add(one);
    }

    private void next() {
        List<Waiting<T>> batch = take();
        if (!batch.isEmpty()) {
            run(batch);
        }
    }

    private synchronized List<Waiting<T>> take() {
        List<Waiting<T>> batch = new ArrayList<>();
        if (!working) {
            Set<Object> keys = new HashSet<>();
            while (!waiting.isEmpty()
                    && batch.size() < largest
                    && keys.add(key.apply(waiting.peek().item()))) {
                batch.add(waiting.remove());
            }
            working = !batch.isEmpty();
        }
        return batch;
    }

    private void run(List<Waiting<T>> batch) {
        worked(batch).subscribe().with(outcomes -> finish(batch, outcomes), failure -> {
            if (failure instanceof DatabaseUnavailable) {
                List<Waiting<T>> all = new ArrayList<>(batch);
                all.addAll(takeAll());
                finish(all, all.stream().map(one -> Optional.of(failure)).toList());
            } else {
                alone(batch, 0);
            }
        });
    }

    private void alone(List<Waiting<T>> batch, int index) {
        if (index == batch.size()) {
            finish(List.of(), List.of());
            return;
        }
        Waiting<T> one = batch.get(index);
        worked(List.of(one))
                .onFailure()
                .recoverWithItem(failure -> List.of(Optional.of(failure)))
                .subscribe()
                .with(outcomes -> {
                    one.done(outcomes.getFirst());
                    alone(batch, index + 1);
                });
    }

    private Uni<List<Optional<Throwable>>> worked(List<Waiting<T>> batch) {
        List<T> items = batch.stream().map(Waiting::item).toList();
        return Uni.createFrom().deferred(() -> work.apply(items));
    }

    private synchronized List<Waiting<T>> takeAll() {
        List<Waiting<T>> all = List.copyOf(waiting);
        waiting.clear();
        return all;
    }

    private void finish(List<Waiting<T>> batch, List<Optional<Throwable>> outcomes) {
        synchronized (this) {
            working = false;
        }
        next();
        for (int i = 0; i < batch.size(); i++) {
            batch.get(i).done(outcomes.get(i));
        }
    }
}
