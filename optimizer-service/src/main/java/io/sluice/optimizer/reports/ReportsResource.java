package io.sluice.optimizer.reports;

import io.sluice.optimizer.advice.Recommendation;
import io.sluice.optimizer.advice.Recommendations;
import io.sluice.platform.access.Roles;
import io.sluice.platform.problem.InvalidRequest;
import io.sluice.platform.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** The week as JSON and as Markdown. */
@Path("/api/v1/reports/weekly")
@RolesAllowed(Roles.VIEWER)
public class ReportsResource {
    private static final String UNTIL = "Day behind the last one, such as 2026-11-21; today by default";
    private static final Duration PATTERN = Duration.ofDays(7L * BudgetWeek.PATTERN_WEEKS);
    private static final Duration WEEK = Duration.ofDays(7);

    private final ReportStore store;
    private final Recommendations recommendations;
    private final InstantSource time;

    ReportsResource(ReportStore store, Recommendations recommendations, InstantSource time) {
        this.store = store;
        this.recommendations = recommendations;
        this.time = time;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "weeklyReport",
            summary = "Seven whole days: what budgets used and saved, what was done, what is advised",
            description = "Days are UTC. Accept: text/markdown gives the same to read.")
    public Uni<WeeklyReport> json(@Parameter(description = UNTIL) @QueryParam("until") @Nullable String until) {
        return report(until);
    }

    @GET
    @Produces("text/markdown")
    @Operation(operationId = "weeklyReportToRead", summary = "The same to read")
    public Uni<String> markdown(@Parameter(description = UNTIL) @QueryParam("until") @Nullable String until) {
        return report(until).map(WeeklyReport::markdown);
    }

    private Uni<WeeklyReport> report(@Nullable String until) {
        Instant to = end(until);
        Instant from = to.minus(WEEK);
        return Uni.combine()
                .all()
                .unis(store.hours(to.minus(PATTERN), to), store.actions(from, to), advice())
                .asTuple()
                .map(read -> new WeeklyReport(
                        from,
                        to,
                        BudgetWeek.all(read.getItem1(), to),
                        read.getItem2(),
                        read.getItem3().items(),
                        read.getItem3().notes()));
    }

    /** What is advised, or why that cannot be told. */
    private record Advice(List<Recommendation> items, List<String> notes) {}

    private Uni<Advice> advice() {
        return recommendations
                .all()
                .map(items -> new Advice(items, List.of()))
                .onFailure(ProblemException.class)
                .recoverWithItem(failure -> new Advice(List.of(), List.of(String.valueOf(failure.getMessage()))));
    }

    private Instant end(@Nullable String until) {
        LocalDate today = LocalDate.ofInstant(time.instant(), ZoneOffset.UTC);
        LocalDate end = today;
        if (until != null) {
            try {
                end = LocalDate.parse(until);
            } catch (DateTimeException e) {
                throw new InvalidRequest("until", "must be a day such as 2026-11-21");
            }
        }
        if (end.isAfter(today) || end.isBefore(today.minusYears(2))) {
            throw new InvalidRequest("until", "must not be later than today, nor more than two years ago");
        }
        return end.atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
