package io.sluice.metrics.usage;

import io.sluice.contracts.page.Page;
import io.sluice.contracts.usage.CdnUsage;
import io.sluice.metrics.partitions.Partitions;
import io.sluice.metrics.partitions.TimeTable;
import io.sluice.platform.access.Roles;
import io.sluice.platform.problem.InvalidRequest;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** What the CDNs served. */
@Path("/api/v1/cdn/usage")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.VIEWER)
public class UsageResource {
    private static final int MAX_ROWS = 50_000;
    private static final int MAX_STEPS = 1500;

    private final UsageStore store;
    private final PriceBook prices;
    private final Partitions partitions;
    private final InstantSource clock;

    UsageResource(UsageStore store, PriceBook prices, Partitions partitions, InstantSource clock) {
        this.store = store;
        this.prices = prices;
        this.partitions = partitions;
        this.clock = clock;
    }

    @GET
    @RunOnVirtualThread
    @Operation(
            operationId = "cdnUsage",
            summary = "Requests, bytes, hit ratio, durations and cost by CDN",
            description =
                    "From minutes for up to three hours, else from whole hours: from and to of the items say what was"
                            + " added up. The cost is that of the price book's list prices.")
    public Page<CdnUsage> usage(
            @QueryParam("by") @DefaultValue("cdn") String by,
            @QueryParam("from") @Parameter(description = "RFC 3339; an hour before `to` by default") @Nullable
                    String from,
            @QueryParam("to") @Parameter(description = "RFC 3339; now by default") @Nullable String to,
            @QueryParam("cdn") @Nullable String cdn,
            @QueryParam("format") @Parameter(description = "avif, webp, jpeg, png or other") @Nullable String format) {
        if (!by.equals("cdn")) {
            throw new InvalidRequest("by", "must be cdn");
        }
        Window window = window(from, to);
        Map<String, UsageSum> sums = new TreeMap<>();
        rows(window, cdn, format)
                .forEach(row -> sums.computeIfAbsent(row.cdn(), UsageSum::new).add(row));
        return Page.whole(sums.values().stream()
                .map(sum -> sum.usage(window.from(), window.to(), prices))
                .toList());
    }

    @GET
    @Path("series")
    @RunOnVirtualThread
    @Operation(operationId = "cdnUsageSeries", summary = "The same over time")
    public UsageSeries series(
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @QueryParam("step")
                    @Parameter(description = "ISO 8601; a minute or an hour by default, as `from` and `to`" + " allow")
                    @Nullable
                    String step,
            @QueryParam("cdn") @Nullable String cdn,
            @QueryParam("format") @Nullable String format) {
        Window window = window(from, to);
        long length = step(step, window);
        long begin = window.from().getEpochSecond();
        Map<Long, Map<String, UsageSum>> steps = new TreeMap<>();
        for (UsageStore.Stored row : rows(window, cdn, format)) {
            long start = begin + (row.start().getEpochSecond() - begin) / length * length;
            steps.computeIfAbsent(start, at -> new TreeMap<>())
                    .computeIfAbsent(row.cdn(), UsageSum::new)
                    .add(row);
        }
        List<CdnUsage> items = new ArrayList<>();
        steps.forEach((start, sums) -> sums.values().forEach(sum -> {
            Instant end =
                    Instant.ofEpochSecond(Math.min(start + length, window.to().getEpochSecond()));
            items.add(sum.usage(Instant.ofEpochSecond(start), end, prices));
        }));
        return new UsageSeries(window.from(), window.to(), Duration.ofSeconds(length), items);
    }

    private List<UsageStore.Stored> rows(Window window, @Nullable String cdn, @Nullable String format) {
        List<UsageStore.Stored> rows =
                store.rows(window, cdn, format, MAX_ROWS + 1).await().indefinitely();
        if (rows.size() > MAX_ROWS) {
            throw new InvalidRequest("from", "reads more than " + MAX_ROWS + " rows: narrow the time or name a cdn");
        }
        return rows;
    }

    private Window window(@Nullable String from, @Nullable String to) {
        Instant now = clock.instant();
        Instant end = to == null ? now : instant("to", to);
        Instant start = from == null ? end.minus(Duration.ofHours(1)) : instant("from", from);
        if (!start.isBefore(end)) {
            throw new InvalidRequest("from", "must be before to");
        }
        return Window.of(start, end, now, partitions.retention(TimeTable.CDN_1M));
    }

    private static long step(@Nullable String text, Window window) {
        long unit = window.resolution().toSeconds();
        long step;
        try {
            step = text == null ? unit : Duration.parse(text).toSeconds();
        } catch (DateTimeException e) {
            throw new InvalidRequest("step", "must be a duration such as PT1M");
        }
        if (step < 1) {
            throw new InvalidRequest("step", "must be at least PT1S");
        }
        long whole = (step + unit - 1) / unit * unit;
        if (Duration.between(window.from(), window.to()).toSeconds() / whole > MAX_STEPS) {
            throw new InvalidRequest("step", "must be longer: this makes more than " + MAX_STEPS + " steps");
        }
        return whole;
    }

    private static Instant instant(String field, String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new InvalidRequest(field, "must be a time such as 2026-11-21T12:00:00Z");
        }
    }
}
