package io.sluice.metrics.scorecard;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The votes on one CDN in one market, summed up so that no single network decides: each counts as one whatever its votes are, and
 * the outermost tenth on either side, at least one network, is left out.
 */
final class Panel {
    private static final int MIN_NETWORKS_TO_TRIM = 3;
    private static final double TRIM = 0.1;

    private final List<Vote> votes;
    private final List<List<Vote>> networks;

    Panel(List<Vote> votes) {
        this.votes = List.copyOf(votes);
        this.networks = List.copyOf(votes.stream()
                .collect(Collectors.groupingBy(Vote::network, TreeMap::new, Collectors.toList()))
                .values());
    }

    int samples() {
        return votes.size();
    }

    int networks() {
        return networks.size();
    }

    /** Mean of the networks' ratios of failed requests, 0-1. */
    double errorRatio() {
        return trimmed(networks, Panel::failedRatio).stream()
                .mapToDouble(Panel::failedRatio)
                .average()
                .orElse(0);
    }

    /**
     * Minutes that were not lost / minutes with votes, 0-1: a minute is lost when at least two networks, and half of those that
     * voted, saw more failures than not.
     */
    double availability() {
        Map<Long, List<Vote>> minutes = votes.stream().collect(Collectors.groupingBy(Vote::minute));
        long lost = minutes.values().stream().filter(Panel::lost).count();
        return minutes.isEmpty() ? 1 : 1 - (double) lost / minutes.size();
    }

    /** Median of the networks' median times to first byte; null when every request failed. */
    @Nullable
    Double medianTtfbMillis() {
        List<Double> medians = networks.stream()
                .map(Panel::median)
                .filter(Objects::nonNull)
                .sorted()
                .toList();
        return medians.isEmpty() ? null : medians.get((medians.size() - 1) / 2);
    }

    /**
     * Time to first byte that a part of the requests stays below, each network with the same weight; null when every one failed.
     *
     * @param q 0-1
     */
    @Nullable
    Double ttfbMillis(double q) {
        List<List<Vote>> answered = networks.stream()
                .map(network -> network.stream()
                        .filter(vote -> vote.ttfbMillis() != null)
                        .toList())
                .filter(network -> !network.isEmpty())
                .toList();
        List<Weighted> values = new ArrayList<>();
        for (List<Vote> network : trimmed(answered, Panel::sortable)) {
            network.forEach(vote -> values.add(new Weighted(millis(vote), 1.0 / network.size())));
        }
        values.sort(Comparator.comparingDouble(Weighted::value));
        double whole = values.stream().mapToDouble(Weighted::weight).sum();
        double seen = 0;
        for (Weighted value : values) {
            seen += value.weight();
            if (seen >= q * whole - 1e-9) {
                return value.value();
            }
        }
        return null;
    }

    private record Weighted(double value, double weight) {}

    private static List<List<Vote>> trimmed(List<List<Vote>> networks, ToDoubleFunction<List<Vote>> by) {
        if (networks.size() < MIN_NETWORKS_TO_TRIM) {
            return networks;
        }
        int out = Math.max(1, (int) (networks.size() * TRIM));
        return networks.stream().sorted(Comparator.comparingDouble(by)).toList().subList(out, networks.size() - out);
    }

    private static boolean lost(List<Vote> minute) {
        Collection<List<Vote>> networks =
                minute.stream().collect(Collectors.groupingBy(Vote::network)).values();
        long failing =
                networks.stream().filter(network -> failedRatio(network) > 0.5).count();
        return failing >= 2 && failing * 2 >= networks.size();
    }

    private static double failedRatio(List<Vote> network) {
        return (double) network.stream().filter(Vote::failed).count() / network.size();
    }

    private static @Nullable Double median(List<Vote> network) {
        List<Integer> values = network.stream()
                .map(Vote::ttfbMillis)
                .filter(Objects::nonNull)
                .sorted()
                .toList();
        return values.isEmpty() ? null : (double) values.get((values.size() - 1) / 2);
    }

    private static double sortable(List<Vote> network) {
        Double median = median(network);
        return median == null ? 0 : median;
    }

    private static double millis(Vote vote) {
        Integer millis = vote.ttfbMillis();
        return millis == null ? 0 : millis;
    }
}
