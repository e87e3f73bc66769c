package io.sluice.lfs.usage;

import io.sluice.contracts.page.Page;
import io.sluice.lfs.account.BillingPeriod;
import io.sluice.lfs.account.GithubConfig;
import io.sluice.platform.access.Roles;
import io.sluice.platform.problem.InvalidRequest;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** What was used, as GitHub bills it. */
@Path("/api/v1/lfs/usage")
public class UsageResource {
    private static final char BETWEEN = '\n';

    private final UsageStore store;
    private final GithubConfig github;
    private final InstantSource clock;

    UsageResource(UsageStore store, GithubConfig github, InstantSource clock) {
        this.store = store;
        this.github = github;
        this.clock = clock;
    }

    @GET
    @RolesAllowed(Roles.VIEWER)
    @Operation(
            summary = "Billed usage by day or by repository",
            description = "Quantities in unit, money in currency, as decimal strings; days are UTC.")
    public Uni<Page<BilledUsage>> usage(
            @QueryParam("from") @Parameter(description = "first day; default: the first of this month") @Nullable
                    String from,
            @QueryParam("to") @Parameter(description = "last day, inclusive; default: today") @Nullable String to,
            @QueryParam("by") @DefaultValue("day") @Parameter(description = "day or repository") String by,
            @QueryParam("sku") @Parameter(description = "LFS_STORAGE or LFS_BANDWIDTH; default: all") @Nullable
                    String sku,
            @QueryParam("limit") @DefaultValue("100") int limit,
            @QueryParam("cursor") @Nullable String cursor) {
        if (limit < 1 || limit > 1000) {
            throw new InvalidRequest("limit", "must be 1-1000");
        }
        LocalDate today = BillingPeriod.dayOf(clock.instant());
        UsageQuery query = new UsageQuery(
                github.organisation().orElse(""),
                day("from", from, today.withDayOfMonth(1)),
                day("to", to, today),
                sku,
                limit + 1);
        if (query.to().isBefore(query.from())) {
            throw new InvalidRequest("to", "must not lie before from");
        }
        return switch (by) {
            case "day" -> {
                List<String> after = after(cursor, LocalDate.EPOCH.toString());
                yield store.byDay(query, day("cursor", after.getFirst(), today), after.getLast())
                        .map(items -> page(items, limit, item -> String.valueOf(item.day())));
            }
            case "repository" -> {
                List<String> after = after(cursor, "");
                yield store.byRepository(query, after.getFirst(), after.getLast())
                        .map(items -> page(
                                items,
                                limit,
                                item -> Objects.requireNonNullElse(item.repository(), "")
                                        .toLowerCase(Locale.ROOT)));
            }
            default -> throw new InvalidRequest("by", "must be day or repository");
        };
    }

    private static Page<BilledUsage> page(List<BilledUsage> items, int limit, Function<BilledUsage, String> key) {
        if (items.size() <= limit) {
            return Page.whole(items);
        }
        BilledUsage last = items.get(limit - 1);
        String cursor = key.apply(last) + BETWEEN + last.sku();
        return new Page<>(
                items.subList(0, limit),
                Base64.getUrlEncoder().withoutPadding().encodeToString(cursor.getBytes(StandardCharsets.UTF_8)));
    }

    private static List<String> after(@Nullable String cursor, String first) {
        if (cursor == null) {
            return List.of(first, "");
        }
        try {
            String decoded = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            int between = decoded.indexOf(BETWEEN);
            if (between >= 0 && decoded.indexOf('\0') < 0) {
                return List.of(decoded.substring(0, between), decoded.substring(between + 1));
            }
        } catch (IllegalArgumentException e) {
            // Refused below, as any other cursor that is not ours.
        }
        throw new InvalidRequest("cursor", "must be what the page before gave as next");
    }

    private static LocalDate day(String field, @Nullable String text, LocalDate otherwise) {
        if (text == null) {
            return otherwise;
        }
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw new InvalidRequest(field, "must be a day such as 2026-11-21");
        }
    }
}
