package io.sluice.optimizer.advice;

import io.sluice.optimizer.advice.AdviceStore.Decision;
import io.sluice.optimizer.advice.ContractsConfig.Contract;
import io.sluice.optimizer.advice.Recommendation.BackTest;
import io.sluice.optimizer.advice.Recommendation.Decided;
import io.sluice.optimizer.advice.Recommendation.Numbers;
import io.sluice.optimizer.advice.Recommendation.Point;
import io.sluice.platform.problem.UnknownResource;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Advice on each configured contract, made anew each time it is asked for. */
@ApplicationScoped
public class Recommendations {
    private static final String PREFIX = "cdn-commit:";

    private final ContractsConfig config;
    private final UsageHistory history;
    private final AdviceStore store;
    private final InstantSource time;

    Recommendations(ContractsConfig config, UsageHistory history, AdviceStore store, InstantSource time) {
        this.config = config;
        this.history = history;
        this.store = store;
        this.time = time;
    }

    /** One for each contract, by CDN. Fails with a problem when usage cannot be read. */
    public Uni<List<Recommendation>> all() {
        return store.newest().flatMap(decisions -> {
            Uni<List<Recommendation>> all = Uni.createFrom().item(new ArrayList<>());
            for (String cdn : new TreeMap<>(config.all()).keySet()) {
                all = all.flatMap(
                        made -> advise(cdn, decisions.get(PREFIX + cdn)).map(next -> {
                            made.add(next);
                            return made;
                        }));
            }
            return all;
        });
    }

    /** One by its id; fails with {@link UnknownResource}. */
    Uni<Recommendation> one(String id) {
        String cdn = id.startsWith(PREFIX) ? id.substring(PREFIX.length()) : "";
        if (!config.all().containsKey(cdn)) {
            throw new UnknownResource("recommendation", id);
        }
        return store.newest().flatMap(decisions -> advise(cdn, decisions.get(id)));
    }

    /** Keeps what was decided with what is advised now; nothing else happens. */
    Uni<Recommendation> decide(String id, boolean accepted, String reason, String actor) {
        return one(id).flatMap(made -> {
            BigDecimal gigabytes = made.recommendedGigabytes();
            BigDecimal saving = made.monthlySaving();
            if (gigabytes == null || saving == null) {
                throw new NothingAdvised(made.text());
            }
            Decision decision = new Decision(
                    accepted,
                    terms(contract(made.cdn())),
                    gigabytes.doubleValue(),
                    saving.doubleValue(),
                    reason,
                    actor,
                    time.instant());
            return store.insert(id, decision).flatMap(done -> one(id));
        });
    }

    private Contract contract(String cdn) {
        Contract contract = config.all().get(cdn);
        if (contract == null) {
            throw new UnknownResource("contract with", cdn);
        }
        return contract;
    }

    private Uni<Recommendation> advise(String cdn, @Nullable Decision decision) {
        Contract contract = contract(cdn);
        return history.daily(cdn).map(daily -> recommendation(cdn, contract, daily, decided(decision, daily)));
    }

    private static Recommendation recommendation(
            String cdn, Contract contract, List<Double> daily, @Nullable Decided decided) {
        Terms terms = terms(contract);
        boolean enough = daily.size() >= CommitAdvice.FEWEST_DAYS;
        CommitAdvice advice = enough ? CommitAdvice.of(terms, daily) : null;
        return new Recommendation(
                PREFIX + cdn,
                cdn,
                advice == null ? null : advice.outcome(),
                advice == null
                        ? daily.size() + " days of usage are known, " + CommitAdvice.FEWEST_DAYS + " are needed"
                        : advice.text(),
                daily.size(),
                advice == null ? null : advice.confidence(),
                contract.currency(),
                contract.committedGigabytes(),
                advice == null ? null : gigabytes(advice.commit()),
                advice == null ? null : money(advice.presentCost() - advice.expectedCost()),
                advice == null ? null : numbers(contract, advice),
                advice == null
                        ? List.of()
                        : advice.curve().stream()
                                .map(point -> new Point(gigabytes(point.commit()), money(point.cost())))
                                .toList(),
                advice == null ? null : backTest(advice.backTest()),
                decided);
    }

    private static Numbers numbers(Contract contract, CommitAdvice advice) {
        return new Numbers(
                contract.commitPrice(),
                contract.overagePrice(),
                advice.quantile(),
                gigabytes(advice.forecast().mean()),
                gigabytes(advice.forecast().deviation()),
                money(advice.expectedCost()),
                money(advice.presentCost()));
    }

    private static BackTest backTest(CommitAdvice.BackTest tried) {
        return new BackTest(tried.months(), money(tried.advised()), money(tried.present()), money(tried.best()));
    }

    private static Terms terms(Contract contract) {
        return Terms.of(contract.committedGigabytes(), contract.commitPrice(), contract.overagePrice());
    }

    private static BigDecimal money(double amount) {
        return BigDecimal.valueOf(amount).setScale(2, RoundingMode.HALF_UP);
    }

    private static BigDecimal gigabytes(double amount) {
        return BigDecimal.valueOf(amount).setScale(3, RoundingMode.HALF_UP);
    }

    private @Nullable Decided decided(@Nullable Decision decision, List<Double> daily) {
        if (decision == null) {
            return null;
        }
        Double realised = realised(decision, daily, time.instant());
        return new Decided(
                decision.accepted(),
                gigabytes(decision.gigabytes()),
                money(decision.monthlySaving()),
                decision.reason(),
                decision.actor(),
                decision.at(),
                realised == null ? null : money(realised));
    }

    /** Of the 30 whole days behind the decision's; null until they are over. */
    static @Nullable Double realised(Decision decision, List<Double> daily, Instant now) {
        Instant begin = decision.at().truncatedTo(ChronoUnit.DAYS).plus(Duration.ofDays(1));
        long since = Duration.between(begin, now.truncatedTo(ChronoUnit.DAYS)).toDays();
        int first = (int) (daily.size() - since);
        if (since < MonthForecast.MONTH_DAYS || first < 0) {
            return null;
        }
        double used = daily.subList(first, first + MonthForecast.MONTH_DAYS).stream()
                .mapToDouble(Double::doubleValue)
                .sum();
        Terms terms = decision.terms();
        return terms.bill(terms.committed(), used) - terms.bill(decision.gigabytes(), used);
    }
}
