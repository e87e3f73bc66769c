package io.sluice.lfs.billing;

import io.quarkus.virtual.threads.VirtualThreads;
import io.sluice.contracts.page.Page;
import io.sluice.lfs.account.BillingPeriod;
import io.sluice.lfs.account.GithubConfig;
import io.sluice.platform.access.Roles;
import io.sluice.platform.problem.InvalidRequest;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.ExecutorService;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jspecify.annotations.Nullable;

/** How the reading of GitHub's bill stands, and what an operator may ask of it. */
@Path("/api/v1/lfs")
public class BillingResource {
    private static final int MOST_DAYS = 366;

    private final GithubConfig github;
    private final BillingPoller poller;
    private final PullStore store;
    private final PulledStore pulled;
    private final InstantSource clock;
    private final ExecutorService virtualThreads;

    BillingResource(
            GithubConfig github,
            BillingPoller poller,
            PullStore store,
            PulledStore pulled,
            InstantSource clock,
            @VirtualThreads ExecutorService virtualThreads) {
        this.github = github;
        this.poller = poller;
        this.store = store;
        this.pulled = pulled;
        this.clock = clock;
        this.virtualThreads = virtualThreads;
    }

    /**
     * The days that are to be pulled.
     *
     * @param day one day, or
     * @param from first day of a range, and
     * @param to its last
     */
    public record PullRequest(
            @Nullable LocalDate day,
            @Nullable LocalDate from,
            @Nullable LocalDate to) {}

    /** The days that wait for a pull now. */
    public record Requested(List<LocalDate> days) {}

    @GET
    @Path("status")
    @RolesAllowed(Roles.VIEWER)
    @Operation(summary = "How the pulling of GitHub's bill stands; answers without PostgreSQL and without GitHub")
    public PullStatus status() {
        return poller.status();
    }

    @GET
    @Path("pulls")
    @RolesAllowed(Roles.VIEWER)
    @Operation(summary = "The latest calls to GitHub and what came of them, youngest first")
    public Uni<Page<Pull>> pulls(
            @QueryParam("limit") @DefaultValue("50") int limit, @QueryParam("cursor") @Nullable String cursor) {
        if (limit < 1 || limit > 1000) {
            throw new InvalidRequest("limit", "must be 1-1000");
        }
        return pulled.pulls(github.organisation().orElse(""), before(cursor), limit + 1)
                .map(pulls -> pulls.size() <= limit
                        ? Page.whole(pulls)
                        : new Page<>(
                                pulls.subList(0, limit),
                                Long.toString(pulls.get(limit - 1).id())));
    }

    @POST
    @Path("pulls")
    @RolesAllowed(Roles.OPERATOR)
    @ResponseStatus(202)
    @Operation(
            summary = "Pull one day or a range now",
            description = "Noted before it is answered, so it outlives a restart; asking twice for a day pulls it once."
                    + " The outcome shows in GET /api/v1/lfs/pulls.")
    @APIResponse(responseCode = "202", description = "The days are due")
    @APIResponse(responseCode = "400", description = "Not a day, or not a range of at most 366 days up to today (UTC)")
    @APIResponse(responseCode = "409", description = "No GitHub account is configured")
    public Uni<Requested> pull(PullRequest request) {
        String off = poller.off();
        if (off != null) {
            throw new NotConfigured(off);
        }
        List<LocalDate> days = days(request);
        return store.request(github.organisation().orElseThrow(), days, clock.instant())
                .invoke(() -> {
                    poller.hurry(days);
                    virtualThreads.execute(this::poll);
                })
                .replaceWith(new Requested(days));
    }

    private void poll() {
        try {
            poller.poll();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<LocalDate> days(@Nullable PullRequest request) {
        if (request == null) {
            throw new InvalidRequest("day", "is required, or from and to");
        }
        LocalDate from = request.day() != null ? request.day() : request.from();
        LocalDate to = request.day() != null ? request.day() : request.to();
        if (from == null || to == null || (request.day() != null && (request.from() != null || request.to() != null))) {
            throw new InvalidRequest("day", "is required, or from and to without it");
        }
        LocalDate today = BillingPeriod.dayOf(clock.instant());
        if (to.isAfter(today)) {
            throw new InvalidRequest(
                    request.day() != null ? "day" : "to", "must not lie after today (" + today + " UTC)");
        }
        if (from.isAfter(to) || from.plusDays(MOST_DAYS).isBefore(to)) {
            throw new InvalidRequest("from", "must lie at most " + MOST_DAYS + " days before to");
        }
        return from.datesUntil(to.plusDays(1)).toList();
    }

    private static long before(@Nullable String cursor) {
        if (cursor == null) {
            return Long.MAX_VALUE;
        }
        if (!cursor.matches("[0-9]{1,18}")) {
            throw new InvalidRequest("cursor", "must be what the page before gave as next");
        }
        return Long.parseLong(cursor);
    }
}
