package io.sluice.metrics.percentiles;

import io.sluice.contracts.sample.Sample;
import io.sluice.metrics.partitions.Partitions;
import io.sluice.metrics.partitions.TimeTable;
import io.sluice.metrics.percentiles.RollupStore.Rollup;
import io.sluice.metrics.percentiles.RollupStore.Selection;
import io.sluice.metrics.samples.Aggregate;
import io.sluice.metrics.samples.MetricId;
import io.sluice.platform.problem.InvalidRequest;
import io.sluice.platform.problem.UnknownResource;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Finds a metric and adds up its rollups by group and step. Blocks: for virtual threads. */
@ApplicationScoped
class Reader {
    private static final int MAX_ROWS = 50_000;

    private final RollupStore store;
    private final Partitions partitions;
    private final InstantSource clock;

    Reader(RollupStore store, Partitions partitions, InstantSource clock) {
        this.store = store;
        this.partitions = partitions;
        this.clock = clock;
    }

    /** What was read: for each group (by the label's value) the steps by their start in epoch seconds. */
    record Reading(MetricId metric, Steps steps, Map<String, Map<Long, Aggregate>> groups) {}

    /**
     * @param kind null for any
     * @param unit null for the only one
     * @throws UnknownResource when nothing is known by this name, kind and unit
     * @throws InvalidRequest when it is not clear which is meant, or too much would have to be read
     */
    Reading read(String name, Sample.@Nullable Kind kind, @Nullable String unit, Question question) {
        MetricId metric = metric(name, kind, unit);
        Steps steps;
        try {
            steps = Steps.of(
                    question.from(),
                    question.to(),
                    question.step(),
                    clock.instant(),
                    partitions.retention(TimeTable.ROLLUP_1M));
        } catch (IllegalArgumentException e) {
            throw new InvalidRequest("step", String.valueOf(e.getMessage()));
        }
        Selection selection = new Selection(metric, question.filter(), question.by(), steps.from(), steps.to());
        List<Rollup> rows =
                store.read(steps.tier(), selection, MAX_ROWS + 1).await().indefinitely();
        if (rows.size() > MAX_ROWS) {
            throw new InvalidRequest("from", "reads more than " + MAX_ROWS + " rows: narrow the time or the filter");
        }
        Map<String, Map<Long, Aggregate>> groups = new TreeMap<>();
        for (Rollup row : rows) {
            groups.computeIfAbsent(row.group() == null ? "" : row.group(), group -> new TreeMap<>())
                    .merge(steps.stepOf(row.start()), row.aggregate(), Reader::merged);
        }
        return new Reading(metric, steps, groups);
    }

    private MetricId metric(String name, Sample.@Nullable Kind kind, @Nullable String unit) {
        List<MetricId> found = store.named(name).await().indefinitely().stream()
                .filter(metric -> kind == null || metric.kind() == kind)
                .filter(metric -> unit == null || metric.unit().equals(unit))
                .toList();
        if (found.isEmpty()) {
            throw new UnknownResource(kind == null ? "metric" : kind + " metric", name);
        }
        if (found.size() > 1) {
            List<String> choices = found.stream()
                    .map(metric -> metric.kind() + " in " + metric.unit())
                    .toList();
            throw new InvalidRequest("unit", "must say which is meant: there is " + String.join(", ", choices));
        }
        return found.getFirst();
    }

    private static Aggregate merged(Aggregate into, Aggregate added) {
        into.merge(added);
        return into;
    }
}
