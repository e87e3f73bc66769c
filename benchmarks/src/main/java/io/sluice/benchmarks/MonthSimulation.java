package io.sluice.benchmarks;

import io.sluice.gateway.pricing.Bill;
import io.sluice.gateway.pricing.Contract;
import io.sluice.gateway.pricing.MonthUsage;
import io.sluice.gateway.pricing.Offer;
import io.sluice.gateway.steering.Allocation;
import io.sluice.gateway.steering.ShareDamper;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A month of 97 TB with two event days over three invented contracts: 60 TB for $1,200; 200 Mbit/s at the 95th percentile for
 * $1,200; $0.04 a GB. Ours is the gateway's own allocation and damping, looked at each 10 s.
 */
final class MonthSimulation {
    static final double TOTAL_GB = 97_000;
    static final List<Contract> CONTRACTS = List.of(
            new Contract("USD", tiers("0.03"), null, new Contract.Commit(60_000, new BigDecimal("1200")), null, null),
            new Contract(
                    "USD",
                    null,
                    null,
                    null,
                    new Contract.PercentileCommit(200, new BigDecimal("1200"), new BigDecimal("6")),
                    null),
            new Contract("USD", tiers("0.04"), null, null, null, null));

    private static final int DAYS = 30;
    private static final int SAMPLES = DAYS * 288;
    private static final double MONTH_SECONDS = DAYS * 86_400.0;
    private static final double LOOK_SECONDS = 10;
    private static final int CDNS = CONTRACTS.size();
    private static final double GB_PER_MBPS_SECOND = 1.0 / 8000;

    private final double[] demand = new double[SAMPLES];

    MonthSimulation(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int firstEvent = 5 + random.nextInt(8);
        int secondEvent = 17 + random.nextInt(9);
        double sum = 0;
        for (int i = 0; i < SAMPLES; i++) {
            int day = i / 288;
            double hour = i % 288 / 12.0;
            double shape = 1 + 0.6 * Math.sin((hour - 9) / 24 * 2 * Math.PI);
            double event = day == firstEvent || day == secondEvent ? 3 : 1;
            demand[i] = shape * event * (0.9 + 0.2 * random.nextDouble());
            sum += demand[i];
        }
        double scale = TOTAL_GB / (sum * MonthUsage.SAMPLE_SECONDS * GB_PER_MBPS_SECOND);
        for (int i = 0; i < SAMPLES; i++) {
            demand[i] *= scale;
        }
    }

    /** Says how traffic is shared. */
    interface Policy {
        List<Double> shares(double mbps, List<MonthUsage> usage, double seconds);
    }

    /** The bills of a month, the sum last. */
    double[] bills(Policy policy) {
        double[] gb = new double[CDNS];
        double[][] samples = new double[CDNS][SAMPLES];
        int[] bursts = new int[CDNS];
        for (int i = 0; i < SAMPLES; i++) {
            List<MonthUsage> usage = new ArrayList<>();
            for (int cdn = 0; cdn < CDNS; cdn++) {
                double lately = i == 0 ? 0 : samples[cdn][i - 1];
                double p95 = cdn == 1 ? MonthUsage.p95(samples[cdn]) : 0;
                usage.add(new MonthUsage(gb[cdn], i / (double) SAMPLES, MONTH_SECONDS, lately, bursts[cdn], p95));
            }
            for (double second = 0; second < MonthUsage.SAMPLE_SECONDS; second += LOOK_SECONDS) {
                List<Double> shares = policy.shares(demand[i], usage, i * MonthUsage.SAMPLE_SECONDS + second);
                for (int cdn = 0; cdn < CDNS; cdn++) {
                    double mbps = demand[i] * shares.get(cdn);
                    gb[cdn] += mbps * LOOK_SECONDS * GB_PER_MBPS_SECOND;
                    samples[cdn][i] += mbps * LOOK_SECONDS / MonthUsage.SAMPLE_SECONDS;
                }
            }
            bursts[1] += samples[1][i] > 200 ? 1 : 0;
        }
        double[] bills = new double[CDNS + 1];
        for (int cdn = 0; cdn < CDNS; cdn++) {
            bills[cdn] = Bill.of(CONTRACTS.get(cdn), Map.of("default", gb[cdn]), samples[cdn]);
            bills[CDNS] += bills[cdn];
        }
        return bills;
    }

    static Policy even() {
        List<Double> even = List.of(1 / 3.0, 1 / 3.0, 1 / 3.0);
        return (mbps, usage, seconds) -> even;
    }

    /** As Openmix's sample applications do: round-trip times padded by use, then the shortest takes all. */
    static Policy padding() {
        double[] rtt = {40, 38, 42};
        double[] targetGb = {60_000, 60_000, 30_000};
        return (mbps, usage, seconds) -> {
            int best = 0;
            double least = Double.MAX_VALUE;
            for (int cdn = 0; cdn < CDNS; cdn++) {
                MonthUsage used = usage.get(cdn);
                double target = Math.max(1, targetGb[cdn] * used.elapsed());
                double padding = 1 - (1 - used.gb() / target) * (used.elapsed() + (1 - used.elapsed()) * 0.5);
                double bursting = cdn == 1 ? 1 + Math.max(0, used.mbps() / 200 - 1) : 1;
                double padded = rtt[cdn] * Math.max(0.1, padding) * bursting;
                if (padded < least) {
                    least = padded;
                    best = cdn;
                }
            }
            Double[] shares = new Double[CDNS];
            Arrays.fill(shares, 0.0);
            shares[best] = 1.0;
            return List.of(shares);
        };
    }

    /** The gateway's own. */
    static Policy ours() {
        ShareDamper damper = new ShareDamper(List.of(1 / 3.0, 1 / 3.0, 1 / 3.0), 0);
        return (mbps, usage, seconds) -> {
            List<Offer> offers = new ArrayList<>();
            for (int cdn = 0; cdn < CDNS; cdn++) {
                offers.add(Offer.of(CONTRACTS.get(cdn), "default", usage.get(cdn)));
            }
            Allocation.Demand demand =
                    new Allocation.Demand(mbps, offers, List.of(true, true, true), List.of(0.0, 0.0, 0.0));
            List<Double> wanted = Allocation.of(List.of(demand)).getFirst();
            return damper.next(wanted, Allocation.gain(demand, damper.shares(), wanted), seconds, 1);
        };
    }

    private static Map<String, List<Contract.Tier>> tiers(String perGb) {
        return Map.of(Contract.ANYWHERE, List.of(new Contract.Tier(null, new BigDecimal(perGb))));
    }
}
