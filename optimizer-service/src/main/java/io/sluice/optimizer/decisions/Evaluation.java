package io.sluice.optimizer.decisions;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.sluice.contracts.budget.Budget;
import io.sluice.contracts.directive.Axes;
import io.sluice.contracts.directive.Directive;
import io.sluice.optimizer.alerts.Alerts;
import io.sluice.optimizer.decisions.Signals.Told;
import io.sluice.optimizer.directives.DirectiveContent;
import io.sluice.optimizer.directives.Directives;
import io.sluice.optimizer.directives.Issued;
import io.sluice.optimizer.leadership.Leadership;
import io.sluice.optimizer.leadership.NotLeader;
import io.sluice.optimizer.leadership.Vouch;
import io.sluice.optimizer.levels.LevelTable;
import io.sluice.optimizer.overrides.LevelOverride;
import io.sluice.optimizer.overrides.OverrideStore;
import io.sluice.optimizer.policies.Axis;
import io.sluice.optimizer.policies.Policy;
import io.sluice.optimizer.policies.PolicyStore;
import io.sluice.optimizer.replays.UsageStore;
import io.sluice.optimizer.steps.Issuer;
import io.sluice.optimizer.timing.Repeating;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * The loop of the one optimizer that writes: reads signals, makes verdicts, issues directives. Between two rounds, an override that
 * begins or ends is acted on at once. All state is in PostgreSQL, so another optimizer goes on where this one stopped.
 */
@ApplicationScoped
class Evaluation implements Issuer {
    private final Leadership leadership;
    private final PolicyStore policies;
    private final OverrideStore overrides;
    private final VerdictStore verdicts;
    private final DecisionStore decisions;
    private final UsageStore usage;
    private final Directives directives;
    private final Signals signals;
    private final Composition composition;
    private final Alerts alerts;
    private final LevelTable table;
    private final PolicyConfig config;
    private final InstantSource time;
    private final MeterRegistry meters;
    private final Map<String, Verdict> kept = new ConcurrentHashMap<>();
    private @Nullable Vertx vertx;

    Evaluation(
            Leadership leadership,
            PolicyStore policies,
            OverrideStore overrides,
            VerdictStore verdicts,
            DecisionStore decisions,
            UsageStore usage,
            Directives directives,
            Signals signals,
            Composition composition,
            Alerts alerts,
            LevelTable table,
            PolicyConfig config,
            InstantSource time,
            MeterRegistry meters) {
        this.leadership = leadership;
        this.policies = policies;
        this.overrides = overrides;
        this.verdicts = verdicts;
        this.decisions = decisions;
        this.usage = usage;
        this.directives = directives;
        this.signals = signals;
        this.composition = composition;
        this.alerts = alerts;
        this.table = table;
        this.config = config;
        this.time = time;
        this.meters = meters;
        level("egress", Axes::egress);
        level("origin", Axes::origin);
        level("compute", Axes::compute);
        level("availability", Axes::availability);
    }

    void start(@Observes StartupEvent event, Vertx loop) {
        vertx = loop;
        var round = new Repeating(loop, "evaluation", config.interval(), this::round);
        directives.listen(issued -> watchEnd());
        loop.setTimer(1_000, ignored -> round.run());
    }

    /** One round; does nothing where another optimizer writes. */
    Uni<Void> round() {
        return leadership.mine().map(this::round).orElseGet(Uni.createFrom()::voidItem);
    }

    private Uni<Void> round(Vouch mine) {
        return Uni.combine()
                .all()
                .unis(policies.all(), verdicts.all(), signals.read())
                .asTuple()
                .flatMap(read -> {
                    List<Verdict> fresh = judge(read.getItem1(), read.getItem3(), read.getItem2());
                    return verdicts.replace(mine, fresh)
                            .flatMap(done -> decisions.keep(worthKeeping(fresh)))
                            .flatMap(done ->
                                    usage.record(seen(Verdict.published(fresh), read.getItem3()), time.instant()))
                            .flatMap(done -> issue())
                            .invoke(issued -> raiseAlerts(Verdict.published(fresh)));
                })
                .replaceWithVoid();
    }

    private static List<UsageStore.Seen> seen(List<Verdict> fresh, Told told) {
        List<UsageStore.Seen> seen = new ArrayList<>();
        for (Budget budget : told.budgets()) {
            fresh.stream()
                    .filter(verdict -> verdict.signalId().equals(budget.id()))
                    .findFirst()
                    .ifPresent(verdict -> seen.add(new UsageStore.Seen(
                            budget, verdict.axis(), verdict.pace().saving())));
        }
        return seen;
    }

    private List<Verdict> judge(List<Policy> all, Told told, List<Verdict> before) {
        return new Judgement(table, time.instant()).judge(all, told, before);
    }

    /** Brings directives up to what verdicts and overrides say; the new generations, sent to every stream. */
    Uni<List<Issued>> issue() {
        Vouch mine = leadership.mine().orElse(null);
        if (mine == null) {
            return Uni.createFrom().failure(new NotLeader("Another optimizer acts on it within its next round."));
        }
        return verdicts.issue(mine).flatMap(issued -> directives.refresh().replaceWith(issued));
    }

    /** The same; where another optimizer writes, it acts within its next round. */
    @Override
    public Uni<Void> issueSoon() {
        return issue().replaceWithVoid().onFailure(NotLeader.class).recoverWithNull();
    }

    /** What a directive would say with more overrides of one scope; nothing is changed. */
    Uni<DirectiveContent> preview(List<LevelOverride> more) {
        return Uni.combine()
                .all()
                .unis(verdicts.all(), overrides.active())
                .asTuple()
                .map(read -> {
                    List<LevelOverride> all = new ArrayList<>(read.getItem2());
                    all.addAll(more);
                    return composition.compose(more.getFirst().scope(), Verdict.published(read.getItem1()), all);
                });
    }

    private void watchEnd() {
        overrides
                .nextEnd()
                .subscribe()
                .with(
                        end -> end.ifPresent(left -> {
                            Vertx loop = vertx;
                            if (loop != null) {
                                loop.setTimer(
                                        left.toMillis() + 10,
                                        ignored -> issue().subscribe().with(issued -> {}, failure -> {}));
                            }
                        }),
                        failure -> {});
    }

    private List<Verdict> worthKeeping(List<Verdict> fresh) {
        Instant now = time.instant();
        List<Verdict> worth = new ArrayList<>();
        for (Verdict verdict : fresh) {
            meters.counter(
                            "sluice.optimizer.decisions",
                            "gate",
                            verdict.pace().gate().name(),
                            "mode",
                            verdict.shadow() ? "shadow" : "active")
                    .increment();
            String key = verdict.policyId() + '|' + verdict.signalId();
            Verdict last = kept.get(key);
            if (last == null || verdict.differs(last) || !now.isBefore(last.at().plus(config.keep()))) {
                kept.put(key, verdict);
                worth.add(verdict);
            }
        }
        return worth;
    }

    private void raiseAlerts(List<Verdict> fresh) {
        for (Axis axis : Axis.values()) {
            String key = "axis " + axis;
            fresh.stream()
                    .filter(verdict -> verdict.axis() == axis && verdict.level() > 0)
                    .findFirst()
                    .ifPresentOrElse(
                            verdict -> alerts.raise(
                                    key, Alerts.Severity.P3, "OptimizerAxisRaised", verdict.scope(), verdict.text()),
                            () -> alerts.resolve(key));
        }
    }

    private void level(String axis, ToDoubleFunction<Axes> of) {
        io.micrometer.core.instrument.Gauge.builder(
                        "sluice.optimizer.level",
                        directives,
                        all -> all.inForce(Directive.GLOBAL)
                                .map(issued ->
                                        of.applyAsDouble(issued.directive().axes()))
                                .orElse(0.0))
                .tag("axis", axis)
                .register(meters);
    }
}
