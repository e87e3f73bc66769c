package io.sluice.gateway.replays;

import io.sluice.gateway.pricing.Bill;
import io.sluice.gateway.pricing.Contract;
import io.sluice.gateway.pricing.MonthUsage;
import io.sluice.gateway.selection.Candidate;
import io.sluice.gateway.selection.Snapshot;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Adds up what a rehearsal came to: split, hits, and the bills of a month that is all like it. Pure. */
final class Tally {
    private static final double MONTH_SECONDS = MonthUsage.NONE.monthSeconds();

    private final List<Request> requests;
    private final int times;
    private final double span;

    /**
     * @param requests oldest first
     * @param times how many requests each one stands for
     */
    Tally(List<Request> requests, int times) {
        this.requests = requests;
        this.times = times;
        double seconds = (requests.getLast().epochMillis() - requests.getFirst().epochMillis()) / 1000.0;
        this.span = Math.max(1, seconds);
    }

    /** What the amounts of these requests are multiplied by to make a month. */
    double timesInMonth() {
        return MONTH_SECONDS / span * times;
    }

    ReplayReport.Outcome of(List<Rehearsal.Fate> fates, List<Candidate> cdns, Map<String, Contract> contracts) {
        List<ReplayReport.AtCdn> rows = new ArrayList<>();
        BigDecimal cost = BigDecimal.ZERO;
        boolean known = true;
        String currency = null;
        for (int cdn = 0; cdn < cdns.size(); cdn++) {
            Contract contract = contracts.get(cdns.get(cdn).name());
            ReplayReport.AtCdn row = at(cdn, fates, cdns.get(cdn).name(), contract);
            rows.add(row);
            if (contract != null) {
                currency = contract.currency();
                cost = cost.add(new BigDecimal(String.valueOf(row.monthCost())));
            }
            known &= contract != null || row.requests() == 0;
        }
        int hits = 0;
        int unserved = 0;
        double originBytes = 0;
        for (int i = 0; i < fates.size(); i++) {
            hits += fates.get(i).hit() ? 1 : 0;
            unserved += fates.get(i).cdn() == Snapshot.NONE ? 1 : 0;
            originBytes += fates.get(i).hit() ? 0 : requests.get(i).bytes() * times;
        }
        return new ReplayReport.Outcome(
                hits / (double) requests.size(),
                originBytes,
                unserved,
                known && currency != null ? cost.toPlainString() : null,
                currency,
                rows);
    }

    private ReplayReport.AtCdn at(int cdn, List<Rehearsal.Fate> fates, String name, @Nullable Contract contract) {
        int count = 0;
        int hits = 0;
        double bytes = 0;
        Map<String, Double> gbByMarket = new HashMap<>();
        double[] samples = new double[(int) Math.ceil(span / MonthUsage.SAMPLE_SECONDS)];
        long first = requests.getFirst().epochMillis();
        for (int i = 0; i < fates.size(); i++) {
            if (fates.get(i).cdn() == cdn) {
                Request request = requests.get(i);
                count++;
                hits += fates.get(i).hit() ? 1 : 0;
                bytes += request.bytes();
                gbByMarket.merge(fates.get(i).market(), request.bytes() / 1e9 * timesInMonth(), Double::sum);
                int slot = (int) ((request.epochMillis() - first) / 1000.0 / MonthUsage.SAMPLE_SECONDS);
                double seconds = Math.min(span, MonthUsage.SAMPLE_SECONDS);
                samples[Math.min(slot, samples.length - 1)] += request.bytes() * times * 8 / 1e6 / seconds;
            }
        }
        return new ReplayReport.AtCdn(
                name,
                count,
                count / (double) requests.size(),
                bytes * times,
                count == 0 ? 0 : hits / (double) count,
                bytes / 1e9 * timesInMonth(),
                contract == null ? null : money(Bill.of(contract, gbByMarket, samples)));
    }

    private static String money(double amount) {
        return BigDecimal.valueOf(amount).setScale(2, RoundingMode.HALF_UP).toPlainString();
    }
}
