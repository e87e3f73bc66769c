package io.sluice.gateway.replays;

import io.sluice.gateway.markets.Market;
import io.sluice.gateway.pricing.Contract;
import io.sluice.gateway.pricing.MonthUsage;
import io.sluice.gateway.pricing.Usage;
import io.sluice.gateway.routing.Inputs;
import io.sluice.gateway.routing.Planner;
import io.sluice.gateway.selection.AllDown;
import io.sluice.gateway.selection.Candidate;
import io.sluice.gateway.selection.Hash64;
import io.sluice.gateway.selection.RoutingTable;
import io.sluice.gateway.selection.Snapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Requests that were, sent through the gateway's own planner and selection once more, by their own clock: hot keys are found and
 * spread, shares are damped as they are in life. Pure; one is for one run.
 */
final class Rehearsal {
    private static final double LOOK_SECONDS = 10;
    private static final int MOST_LOOKS = 500;

    private final List<Candidate> cdns;
    private final List<Market> markets;
    private final Map<String, Contract> contracts;
    private final Usage usage;
    private final int times;
    private final CacheModel caches;
    private final Planner planner = new Planner();
    private final double[] gb;
    private final double[] gbOfLook;

    /**
     * @param cdns all of them, as healthy as they shall be
     * @param markets the default one first
     * @param contracts by CDN
     * @param usage of the month before the first request
     * @param times how many requests each one stands for
     */
    Rehearsal(
            List<Candidate> cdns,
            List<Market> markets,
            Map<String, Contract> contracts,
            Usage usage,
            int times,
            CacheModel caches) {
        this.cdns = cdns;
        this.markets = markets;
        this.contracts = contracts;
        this.usage = usage;
        this.times = times;
        this.caches = caches;
        this.gb = new double[cdns.size()];
        this.gbOfLook = new double[cdns.size()];
    }

    /**
     * What became of a request.
     *
     * @param cdn index of its CDN, {@link Snapshot#NONE} for none
     * @param market name of its market
     * @param hit whether it was in the cache
     */
    record Fate(int cdn, String market, boolean hit) {}

    /** @param requests at least one, oldest first */
    List<Fate> run(List<Request> requests) {
        List<Fate> fates = new ArrayList<>(requests.size());
        double start = requests.getFirst().epochMillis() / 1000.0;
        double span = requests.getLast().epochMillis() / 1000.0 - start;
        double step = Math.max(LOOK_SECONDS, span / MOST_LOOKS);
        double nextLook = start + step;
        RoutingTable table = plan(start, step);
        for (Request request : requests) {
            double now = request.epochMillis() / 1000.0;
            if (now >= nextLook) {
                table = plan(now, step);
                nextLook = now + step;
            }
            Snapshot snapshot = table.of(request.country());
            int cdn = snapshot.choose(request.hash(), request.client());
            fates.add(new Fate(cdn, snapshot.market(), cdn != Snapshot.NONE && served(request, snapshot, cdn)));
        }
        return fates;
    }

    /** Whether it was in the cache. */
    private boolean served(Request request, Snapshot snapshot, int cdn) {
        snapshot.traffic().note(request.hash(), cdn, snapshot.isHot(request.hash()));
        gbOfLook[cdn] += request.bytes() * times / 1e9;
        return caches.hit(cdn, Hash64.mix(request.client()), request.object());
    }

    private RoutingTable plan(double now, double step) {
        Map<String, MonthUsage> byCdn = new HashMap<>();
        for (int cdn = 0; cdn < gb.length; cdn++) {
            String name = cdns.get(cdn).name();
            MonthUsage before = usage.of(name);
            double mbps = gbOfLook[cdn] * 8000 / step;
            gb[cdn] += gbOfLook[cdn];
            gbOfLook[cdn] = 0;
            byCdn.put(
                    name,
                    new MonthUsage(
                            before.gb() + gb[cdn],
                            before.elapsed(),
                            before.monthSeconds(),
                            mbps,
                            before.burstsUsed(),
                            before.p95Mbps()));
        }
        return planner.plan(new Inputs(
                1,
                cdns,
                (market, candidate) -> candidate,
                markets,
                contracts,
                new Usage(byCdn, usage.hitRatio(), usage.exceedProbability()),
                (market, cdn) -> null,
                1,
                0,
                Double.POSITIVE_INFINITY,
                AllDown.ANSWERING,
                now,
                (long) now));
    }
}
