package io.sluice.gateway.warming;

import io.sluice.gateway.cdns.Cdn;
import io.sluice.gateway.cdns.CdnDirectory;
import io.sluice.gateway.cdns.CdnSet;
import io.sluice.gateway.cdns.EdgePath;
import io.sluice.gateway.jobs.Named;
import io.sluice.gateway.markets.Market;
import io.sluice.gateway.markets.Markets;
import io.sluice.gateway.recording.DecisionSample;
import io.sluice.gateway.recording.NothingRecorded;
import io.sluice.platform.problem.InvalidRequest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checks what is asked for, plans it, and puts it into the queue. */
@Singleton
class Warmings {
    private static final int SHOWN = 20;
    private static final int MOST_TOP = 1000;

    private final CdnDirectory directory;
    private final Markets markets;
    private final DecisionSample sample;
    private final WarmingStore store;
    private final WarmingWorker worker;
    private final WarmingConfig config;

    Warmings(
            CdnDirectory directory,
            Markets markets,
            DecisionSample sample,
            WarmingStore store,
            WarmingWorker worker,
            WarmingConfig config) {
        this.directory = directory;
        this.markets = markets;
        this.sample = sample;
        this.store = store;
        this.worker = worker;
        this.config = config;
    }

    /** Puts a warming into the queue; the same key with the same request gives the same job. */
    Uni<WarmingView> create(WarmingRequest request, String token, @Nullable String key) {
        return enqueue(plan(request), token, key, Named.digest(request.toString()), null);
    }

    WarmingDryRun dryRun(WarmingRequest request) {
        WarmingPlan plan = plan(request);
        long fetches = (long) plan.paths().size() * plan.cdns().size();
        return new WarmingDryRun(
                plan.source(),
                plan.paths().stream().limit(SHOWN).toList(),
                plan.paths().size(),
                plan.cdns().stream().map(Cdn::name).toList(),
                plan.rate(),
                Duration.ofSeconds((long) Math.ceil(fetches / plan.rate())),
                WarmingView.REACH);
    }

    /**
     * Carries a schedule out, once, whatever replica asks.
     *
     * @param key tells one window from another
     * @param endsAt when it is stopped
     */
    Uni<WarmingView> scheduled(String name, WarmingTerms terms, String key, Instant endsAt) {
        WarmingPlan plan = plan(new WarmingRequest(
                null, terms.top(), terms.market(), terms.predicted(), terms.cdns(), terms.rate(), null));
        String source = "schedule " + name;
        return enqueue(
                new WarmingPlan(source, plan.paths(), plan.cdns(), plan.rate()),
                source,
                key,
                Named.digest(terms.toString()),
                endsAt);
    }

    /** What {@code market}, {@code cdns} and {@code rate} of a schedule must fulfil, too. */
    void check(WarmingTerms terms) {
        market(terms.market());
        cdns(terms.cdns(), terms.market());
        rate(terms.rate());
        top(terms.top());
    }

    private Uni<WarmingView> enqueue(
            WarmingPlan plan, String actor, @Nullable String key, String digest, @Nullable Instant endsAt) {
        return store.create(plan, actor, key, digest, endsAt)
                .invoke(worker::wake)
                .chain(store::find)
                .map(Optional::orElseThrow);
    }

    private WarmingPlan plan(WarmingRequest request) {
        Integer top = request.top();
        List<String> urls = request.urls();
        if ((urls == null) == (top == null)) {
            throw new InvalidRequest("urls", "either urls or top says what to fetch");
        }
        if (top == null && (request.market() != null || request.predicted() != null)) {
            throw new InvalidRequest("top", "is required with market and predicted");
        }
        double rate = rate(request.rate());
        List<Cdn> cdns = cdns(request.cdns(), request.market());
        if (urls != null) {
            List<String> bases =
                    directory.current().cdns().stream().map(Cdn::url).toList();
            List<String> paths = Named.values("urls", urls, config.maxValues(), url -> EdgePath.of(url, bases));
            return new WarmingPlan("urls", paths, cdns, rate);
        }
        market(request.market());
        List<String> paths =
                Popular.top(sample.recorded(), request.market(), top(top), Boolean.TRUE.equals(request.predicted()));
        if (paths.isEmpty()) {
            throw new NothingRecorded("name urls");
        }
        return new WarmingPlan("top", paths, cdns, rate);
    }

    private List<Cdn> cdns(@Nullable List<String> names, @Nullable String market) {
        CdnSet set = directory.current();
        Optional<Market> found =
                markets.all().stream().filter(one -> one.name().equals(market)).findFirst();
        List<String> allowed = found.map(one -> set.cdns().stream()
                        .map(Cdn::name)
                        .filter(one.policy()::allows)
                        .toList())
                .orElse(null);
        return Named.cdns(set, names == null ? allowed : names);
    }

    private void market(@Nullable String name) {
        if (name != null && markets.all().stream().noneMatch(one -> one.name().equals(name))) {
            throw new InvalidRequest("market", "there is no market '" + name + "'");
        }
    }

    private static int top(@Nullable Integer top) {
        if (top == null || top < 1 || top > MOST_TOP) {
            throw new InvalidRequest("top", "must be 1-" + MOST_TOP);
        }
        return top;
    }

    private double rate(@Nullable Double rate) {
        double most = config.requestsPerSecond();
        if (rate != null && !(rate > 0 && rate <= most)) {
            throw new InvalidRequest("rate", "must be above 0 and at most " + most + ", what the origin guard allows");
        }
        return rate == null ? most : rate;
    }
}
