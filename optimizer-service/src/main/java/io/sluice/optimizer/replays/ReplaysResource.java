package io.sluice.optimizer.replays;

import io.sluice.optimizer.levels.Ladder;
import io.sluice.optimizer.levels.LevelTable;
import io.sluice.optimizer.pacing.HorizonPacing;
import io.sluice.optimizer.pacing.PacerState;
import io.sluice.optimizer.pacing.PacingRule;
import io.sluice.optimizer.pacing.Tempo;
import io.sluice.optimizer.policies.Axis;
import io.sluice.optimizer.replays.Steering.Order;
import io.sluice.optimizer.replays.UsageStore.History;
import io.sluice.platform.access.Roles;
import io.sluice.platform.problem.InvalidRequest;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/** What would have been: recorded demand under another policy. */
@Path("/api/v1/replays")
public class ReplaysResource {
    private static final Duration WEEK = Duration.ofDays(7);
    private static final Duration LONGEST = Duration.ofDays(92);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int FEWEST_HOURS = 24;

    private final UsageStore store;
    private final LevelTable table;
    private final InstantSource time;

    ReplaysResource(UsageStore store, LevelTable table, InstantSource time) {
        this.store = store;
        this.table = table;
        this.time = time;
    }

    /**
     * A question.
     *
     * @param budgetId whose demand is replayed
     * @param from first hour; absent: a week ago
     * @param to last hour; absent: now
     * @param pacing the policy to try; absent: the default
     * @param limit what may be used in this window; absent: the budget's own, by the window's share of its period
     * @param pricePerUnit to say savings in money, too
     * @param hardStop whether nothing is served beyond the limit; absent: no
     */
    public record Question(
            @Nullable String budgetId,
            @Nullable Instant from,
            @Nullable Instant to,
            @Nullable PacingRule pacing,
            @Nullable BigDecimal limit,
            @Nullable BigDecimal pricePerUnit,
            @Nullable Boolean hardStop) {}

    /**
     * The answer.
     *
     * @param hours of demand that were replayed
     * @param saved against doing nothing, in the unit
     * @param money the same in money; absent without a price
     * @param nothing what doing nothing comes to
     * @param policy what the policy comes to; {@code lost} in quality points of 0-100
     */
    public record Answer(
            String budgetId,
            String unit,
            int hours,
            BigDecimal limit,
            BigDecimal saved,
            @Nullable BigDecimal money,
            Outcome nothing,
            Outcome policy) {}

    @POST
    @RolesAllowed(Roles.VIEWER)
    @RunOnVirtualThread
    @Operation(
            summary = "Recorded demand under another policy",
            description =
                    "Uses what budgets said, hour by hour, and the pacer that decides live, which begins without memory.")
    @APIResponse(responseCode = "200", description = "Units, money, quality lost and hours at each level")
    @APIResponse(responseCode = "400", description = "Fewer than 24 hours are recorded, or a field is wrong")
    public Answer replay(@Nullable Question question) {
        if (question == null) {
            throw new InvalidRequest("body", "is required");
        }
        String budget = question.budgetId();
        if (budget == null || budget.isBlank()) {
            throw new InvalidRequest("budgetId", "is required");
        }
        Instant to = Objects.requireNonNullElse(question.to(), time.instant());
        Instant from = Objects.requireNonNullElse(question.from(), to.minus(WEEK));
        if (!from.isBefore(to) || Duration.between(from, to).compareTo(LONGEST) > 0) {
            throw new InvalidRequest("from", "must be before to, and at most 92 days");
        }
        History history = store.read(budget, from, to).await().atMost(TIMEOUT);
        double[] demand = UsageHour.demand(history.hours());
        if (demand.length < FEWEST_HOURS) {
            throw new InvalidRequest(
                    "budgetId",
                    "has " + demand.length + " recorded hours in this window, at least " + FEWEST_HOURS
                            + " are needed");
        }
        return answer(question, budget, history, demand);
    }

    private Answer answer(Question question, String budget, History history, double[] demand) {
        boolean origin = history.axis() == Axis.origin;
        Ladder ladder = origin ? table.originLadder() : table.egressLadder();
        Plant plant = new Plant(
                ladder,
                origin ? table.originLost() : table.egressLost(),
                1,
                Duration.ofHours(1),
                Duration.ZERO,
                1,
                Boolean.TRUE.equals(question.hardStop()));
        double limit = limit(question, history.hours(), demand.length);
        Instant start = history.hours().getFirst().hour().plus(Duration.ofHours(1));
        Outcome nothing = run(plant, limit, start, demand, reading -> Order.NOTHING);
        PacingRule rule = Objects.requireNonNullElse(question.pacing(), PacingRule.DEFAULT);
        Outcome policy = run(plant, limit, start, demand, pacer(rule, ladder.most()));
        BigDecimal saved = amount(nothing.used() - policy.used());
        BigDecimal price = question.pricePerUnit();
        return new Answer(
                budget,
                history.unit(),
                demand.length,
                amount(limit),
                saved,
                price == null ? null : saved.multiply(price),
                nothing,
                policy);
    }

    private static Outcome run(Plant plant, double limit, Instant start, double[] demand, Steering steering) {
        return new Replay(plant, limit, start, Duration.ofHours(1)).run(demand, steering);
    }

    private static Steering pacer(PacingRule rule, double most) {
        HorizonPacing pacing = new HorizonPacing(rule, Tempo.DEFAULT, most);
        PacerState[] memory = new PacerState[1];
        return reading -> {
            PacerState before = memory[0] == null ? PacerState.fresh(reading) : memory[0];
            HorizonPacing.Step step = pacing.decide(before, reading);
            memory[0] = step.state();
            return new Order(step.pace().saving(), step.state().allowed());
        };
    }

    private static double limit(Question question, List<UsageHour> hours, int length) {
        BigDecimal asked = question.limit();
        if (asked != null) {
            if (asked.signum() <= 0) {
                throw new InvalidRequest("limit", "must be above 0");
            }
            return asked.doubleValue();
        }
        UsageHour last = hours.getLast();
        Double limit = last.limit();
        if (limit == null) {
            throw new InvalidRequest("limit", "is required: this budget has none");
        }
        return limit
                * length
                / Math.max(
                        1,
                        Duration.between(last.periodStart(), last.periodEnd()).toHours());
    }

    private static BigDecimal amount(double value) {
        return BigDecimal.valueOf(value).setScale(6, RoundingMode.HALF_UP);
    }
}
