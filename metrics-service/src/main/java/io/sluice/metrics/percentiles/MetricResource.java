package io.sluice.metrics.percentiles;

import io.sluice.contracts.page.Page;
import io.sluice.contracts.sample.Sample;
import io.sluice.metrics.histogram.ExponentialHistogram;
import io.sluice.metrics.percentiles.Reader.Reading;
import io.sluice.metrics.samples.Aggregate;
import io.sluice.metrics.samples.MetricId;
import io.sluice.metrics.samples.SeriesRegistry;
import io.sluice.metrics.samples.SeriesRegistry.Cardinality;
import io.sluice.platform.access.Roles;
import io.sluice.platform.problem.InvalidRequest;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** What the samples say. */
@Path("/api/v1/metrics")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.VIEWER)
public class MetricResource {
    private final Reader reader;
    private final RollupStore store;
    private final SeriesRegistry registry;
    private final InstantSource clock;

    MetricResource(Reader reader, RollupStore store, SeriesRegistry registry, InstantSource clock) {
        this.reader = reader;
        this.store = store;
        this.registry = registry;
        this.clock = clock;
    }

    @GET
    @Operation(operationId = "listMetrics", summary = "Metrics that have samples, by name")
    public Uni<Page<Metric>> list(
            @QueryParam("limit") @DefaultValue("100") int limit, @QueryParam("cursor") @Nullable String cursor) {
        if (limit < 1 || limit > 1000) {
            throw new InvalidRequest("limit", "must be 1-1000");
        }
        return store.metrics(Cursors.read(cursor), limit + 1).map(found -> {
            List<Metric> items = found.stream().limit(limit).map(this::metric).toList();
            return new Page<>(
                    items,
                    found.size() > limit ? Cursors.write(found.get(limit - 1).metric()) : null);
        });
    }

    @GET
    @Path("{name}/percentiles")
    @RunOnVirtualThread
    @Operation(
            operationId = "percentiles",
            summary = "Quantiles of a histogram metric",
            description =
                    "Exact to 1.08 % of the value, over any time, labels and processes: histograms are merged, not"
                            + " averaged. Read from windows of 10 s, a minute or an hour, whichever the time and the step allow.")
    public Percentiles percentiles(
            String name,
            @QueryParam("q") @DefaultValue("0.5,0.95,0.99") String q,
            @QueryParam("from") @Parameter(description = "RFC 3339; an hour before `to` by default") @Nullable
                    String from,
            @QueryParam("to") @Parameter(description = "RFC 3339; now by default") @Nullable String to,
            @QueryParam("step") @Parameter(description = "ISO 8601, such as PT1M; absent: one point over all") @Nullable
                    String step,
            @QueryParam("by") @Parameter(description = "label to group by") @Nullable String by,
            @QueryParam("filter") @Parameter(description = "label:value, may be repeated") List<String> filter,
            @QueryParam("unit") @Parameter(description = "only needed when a name has several") @Nullable String unit) {
        List<Double> quantiles = Question.quantiles(q);
        Question question = Question.of(from, to, step, by, filter, clock.instant());
        Reading reading = reader.read(name, Sample.Kind.histogram, unit, question);
        List<Percentiles.Line> lines = reading.groups().entrySet().stream()
                .map(group -> new Percentiles.Line(labels(by, group.getKey()), points(group.getValue(), quantiles)))
                .toList();
        double error = reading.groups().values().stream()
                .flatMap(steps -> steps.values().stream())
                .mapToDouble(aggregate -> histogram(aggregate).relativeError())
                .max()
                .orElse(0);
        Steps steps = reading.steps();
        return new Percentiles(
                name,
                reading.metric().unit(),
                steps.from(),
                steps.to(),
                steps.step(),
                steps.tier().resolution(),
                quantiles,
                Math.round(error * 1e4) / 1e4,
                lines);
    }

    @GET
    @Path("{name}/series")
    @RunOnVirtualThread
    @Operation(operationId = "series", summary = "Count, sum, least, greatest and last value of a metric over time")
    public MetricSeries series(
            String name,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @QueryParam("step") @Nullable String step,
            @QueryParam("by") @Nullable String by,
            @QueryParam("filter") List<String> filter,
            @QueryParam("kind") Sample.@Nullable Kind kind,
            @QueryParam("unit") @Nullable String unit) {
        Question question = Question.of(from, to, step, by, filter, clock.instant());
        Reading reading = reader.read(name, kind, unit, question);
        List<MetricSeries.Line> lines = reading.groups().entrySet().stream()
                .map(group -> new MetricSeries.Line(labels(by, group.getKey()), points(group.getValue())))
                .toList();
        Steps steps = reading.steps();
        MetricId metric = reading.metric();
        return new MetricSeries(
                name,
                metric.kind().name(),
                metric.unit(),
                steps.from(),
                steps.to(),
                steps.step(),
                steps.tier().resolution(),
                lines);
    }

    private Metric metric(RollupStore.Stored stored) {
        Cardinality cardinality = registry.cardinality(stored.metric());
        return new Metric(
                stored.metric().name(),
                stored.metric().kind().name(),
                stored.metric().unit(),
                stored.series(),
                cardinality.limit(),
                cardinality.foldedLabels(),
                cardinality.foldedSamples());
    }

    private static List<Percentiles.Point> points(Map<Long, Aggregate> steps, List<Double> quantiles) {
        return steps.entrySet().stream()
                .map(step -> {
                    ExponentialHistogram histogram = histogram(step.getValue());
                    return new Percentiles.Point(
                            Instant.ofEpochSecond(step.getKey()),
                            histogram.count(),
                            quantiles.stream().map(histogram::quantile).toList());
                })
                .toList();
    }

    private static List<MetricSeries.Point> points(Map<Long, Aggregate> steps) {
        return steps.entrySet().stream()
                .map(step -> {
                    Aggregate all = step.getValue();
                    return new MetricSeries.Point(
                            Instant.ofEpochSecond(step.getKey()),
                            all.count(),
                            all.sum(),
                            all.min(),
                            all.max(),
                            all.last());
                })
                .toList();
    }

    private static ExponentialHistogram histogram(Aggregate aggregate) {
        return Objects.requireNonNull(aggregate.histogram(), "a histogram metric has histograms");
    }

    private static Map<String, String> labels(@Nullable String by, String value) {
        return by == null ? Map.of() : Map.of(by, value);
    }
}
