package io.sluice.gateway.routing;

import io.sluice.gateway.geo.Countries;
import io.sluice.gateway.markets.Market;
import io.sluice.gateway.markets.Steering;
import io.sluice.gateway.pricing.Offer;
import io.sluice.gateway.selection.Candidate;
import io.sluice.gateway.selection.CdnStatus;
import io.sluice.gateway.selection.Exploration;
import io.sluice.gateway.selection.HotKeys;
import io.sluice.gateway.selection.HotSpread;
import io.sluice.gateway.selection.Popularity;
import io.sluice.gateway.selection.Rendezvous;
import io.sluice.gateway.selection.RoutingTable;
import io.sluice.gateway.selection.Snapshot;
import io.sluice.gateway.selection.SnapshotPlan;
import io.sluice.gateway.selection.Traffic;
import io.sluice.gateway.steering.Allocation;
import io.sluice.gateway.steering.OriginGuard;
import io.sluice.gateway.steering.PerformanceBand.Measured;
import io.sluice.gateway.steering.ShareDamper;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Plans the next routing table: what it remembers between two plans are counts of traffic, shares that are on their way, and
 * rankings that need not be made anew. Runs on one thread.
 */
public final class Planner {
    private static final double LOOK_SECONDS = 10;
    private static final double KEEP = 0.9;
    private static final long TURN_SECONDS = 600;

    /** As of the breaker of probes and reports. */
    private static final double FAILING_RATIO = 0.2;

    private final Popularity popularity = new Popularity();
    private final HotKeys hotKeys = new HotKeys(popularity);
    private final Map<String, ShareDamper> dampers = new HashMap<>();
    private final GuardedMoves moves = new GuardedMoves();
    private Map<String, Snapshot> last = new HashMap<>();
    private List<MarketPlan> plans = List.of();
    private Rendezvous rendezvous = Rendezvous.of(List.of());
    private double lookedAt = Double.NEGATIVE_INFINITY;

    /** Plans. */
    public RoutingTable plan(Inputs inputs) {
        adopt(inputs.candidates());
        boolean look = inputs.seconds() - lookedAt >= LOOK_SECONDS;
        if (look) {
            lookedAt = inputs.seconds();
            hotKeys.look();
            last.values().forEach(snapshot -> snapshot.traffic().settle(KEEP));
        }
        List<Double> traffic = inputs.markets().stream().map(this::requests).toList();
        Shares shares = new Shares(inputs, traffic);
        List<List<Double>> wanted = shares.wanted();
        Map<String, Snapshot> next = new HashMap<>();
        List<Snapshot> snapshots = new ArrayList<>();
        List<MarketPlan> reasons = new ArrayList<>();
        for (int i = 0; i < inputs.markets().size(); i++) {
            Market market = inputs.markets().get(i);
            List<Double> damped = damped(market, wanted.get(i), shares.demand(i), inputs, look);
            Snapshot snapshot = snapshot(market, damped, shares.demand(i).mbps(), inputs);
            next.put(market.name(), snapshot);
            snapshots.add(snapshot);
            reasons.add(reasons(market, wanted.get(i), snapshot, shares, inputs));
        }
        last = next;
        plans = List.copyOf(reasons);
        dampers.keySet().retainAll(next.keySet());
        return new RoutingTable(snapshots, marketOf(inputs.markets()));
    }

    /** How the last plan came about, for each market, the default one first. */
    List<MarketPlan> reasons() {
        return plans;
    }

    /** Other CDNs are another ranking, and counts by CDN begin anew. */
    private void adopt(List<Candidate> candidates) {
        List<String> names = candidates.stream().map(Candidate::name).toList();
        if (!rendezvous.names().equals(names)) {
            rendezvous = Rendezvous.of(names);
            last = new HashMap<>();
            dampers.clear();
        }
    }

    private double requests(Market market) {
        Snapshot snapshot = last.get(market.name());
        return snapshot == null ? 0 : snapshot.traffic().total();
    }

    private List<Double> damped(
            Market market, List<Double> wanted, Allocation.Demand demand, Inputs inputs, boolean look) {
        if (market.policy().steering() != Steering.COST) {
            dampers.remove(market.name());
            return wanted;
        }
        ShareDamper damper =
                dampers.computeIfAbsent(market.name(), ignored -> new ShareDamper(wanted, inputs.seconds()));
        boolean nothing = wanted.stream().noneMatch(share -> share > 0);
        if (!look || nothing) {
            return damper.shares();
        }
        double gain = Allocation.gain(demand, damper.shares(), wanted);
        double most = OriginGuard.share(LOOK_SECONDS, demand.mbps(), inputs.originMbps());
        return damper.next(wanted, gain, inputs.seconds(), most);
    }

    private Snapshot snapshot(Market market, List<Double> shares, double mbps, Inputs inputs) {
        List<Candidate> candidates = new ArrayList<>();
        for (Candidate there : inputs.candidates(market)) {
            double itsMbps = mbps * shares.get(candidates.size());
            Candidate candidate = there.withStatus(status(market, there, inputs));
            candidates.add(
                    candidate.status() == CdnStatus.DENIED
                            ? candidate
                            : moves.of(market.name(), candidate, itsMbps, inputs.originMbps(), inputs.seconds()));
        }
        Snapshot before = last.get(market.name());
        Traffic traffic = before == null ? new Traffic(candidates.size(), popularity) : before.traffic();
        SnapshotPlan plan = new SnapshotPlan(
                market.name(),
                inputs.version(),
                candidates,
                shares,
                inputs.allDown(),
                exploration(market, candidates, shares, traffic, inputs.epochSeconds()),
                traffic);
        return before == null
                ? Snapshot.of(plan, rendezvous)
                : before.next(plan, rendezvous, spread(candidates, shares, traffic));
    }

    /** A CDN that clients of one market see fail is tried out there with a few buckets, so that they also see it recover. */
    private static CdnStatus status(Market market, Candidate candidate, Inputs inputs) {
        if (!market.policy().allows(candidate.name())) {
            return CdnStatus.DENIED;
        }
        Measured measured = inputs.measured().apply(market.name(), candidate.name());
        boolean failing = measured != null && measured.errorRatio() >= FAILING_RATIO;
        return failing && candidate.status() == CdnStatus.UP ? CdnStatus.TRIAL : candidate.status();
    }

    private HotSpread spread(List<Candidate> candidates, List<Double> shares, Traffic traffic) {
        double[] targets = new double[shares.size()];
        double sum = 0;
        for (int cdn = 0; cdn < targets.length; cdn++) {
            Candidate candidate = candidates.get(cdn);
            targets[cdn] = candidate.status() == CdnStatus.UP ? shares.get(cdn) * candidate.takes() : 0;
            sum += targets[cdn];
        }
        for (int cdn = 0; cdn < targets.length; cdn++) {
            targets[cdn] = sum > 0 ? targets[cdn] / sum : 0;
        }
        return HotSpread.of(hotKeys.current(), targets, traffic.cold(), traffic.hot());
    }

    /** Of the CDNs that are well but get nothing, the one that was used least. */
    private static Exploration exploration(
            Market market, List<Candidate> candidates, List<Double> shares, Traffic traffic, long epochSeconds) {
        int least = Snapshot.NONE;
        double[] counts = traffic.cold();
        for (int cdn = 0; cdn < counts.length; cdn++) {
            boolean idle = shares.get(cdn) <= 0 && candidates.get(cdn).status() == CdnStatus.UP;
            if (idle && (least == Snapshot.NONE || counts[cdn] < counts[least])) {
                least = cdn;
            }
        }
        int buckets = (int) Math.round(market.policy().exploration() * Snapshot.BUCKETS);
        return least == Snapshot.NONE || buckets == 0
                ? Exploration.NONE
                : new Exploration(least, epochSeconds / TURN_SECONDS, buckets);
    }

    private MarketPlan reasons(Market market, List<Double> wanted, Snapshot snapshot, Shares shares, Inputs inputs) {
        List<Boolean> band = shares.band(market);
        List<PlannedCdn> cdns = new ArrayList<>();
        for (int cdn = 0; cdn < snapshot.size(); cdn++) {
            Candidate candidate = snapshot.candidate(cdn);
            Offer.Stretch first = shares.offer(market, cdn).stretches().getFirst();
            Measured measured = inputs.measured().apply(market.name(), candidate.name());
            var usage = inputs.usage().of(candidate.name());
            cdns.add(new PlannedCdn(
                    candidate.name(),
                    candidate.status(),
                    snapshot.share(cdn),
                    snapshot.takes(cdn),
                    wanted.get(cdn),
                    band.get(cdn),
                    measured == null ? null : measured.ttfbMillis(),
                    Double.isInfinite(first.perGb()) ? null : first.perGb(),
                    inputs.contracts().containsKey(candidate.name())
                            ? first.kind().name()
                            : "UNKNOWN",
                    shares.originPerGb(cdn),
                    usage.gb(),
                    usage.projectedGb()));
        }
        boolean moving = cdns.stream().anyMatch(cdn -> Math.abs(cdn.share() - cdn.wantedShare()) > 0.001);
        int hot = hotKeys.current().size();
        return new MarketPlan(market.name(), market.version(), market.policy().steering(), moving, hot, cdns);
    }

    private static byte[] marketOf(List<Market> markets) {
        byte[] marketOf = new byte[Countries.SIZE];
        for (int i = markets.size() - 1; i >= 0; i--) {
            for (String country : markets.get(i).policy().countries()) {
                marketOf[Countries.number(country)] = (byte) i;
            }
        }
        return marketOf;
    }
}
