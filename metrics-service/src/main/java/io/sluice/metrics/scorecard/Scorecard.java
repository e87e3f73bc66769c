package io.sluice.metrics.scorecard;

import io.sluice.contracts.outcome.CdnScore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Scores CDNs by market. */
final class Scorecard {
    private final int minSamples;
    private final int minNetworks;

    Scorecard(int minSamples, int minNetworks) {
        this.minSamples = minSamples;
        this.minNetworks = minNetworks;
    }

    /** By market, then by CDN. */
    List<CdnScore> of(List<Vote> votes, Instant from, Instant to) {
        List<CdnScore> scores = new ArrayList<>();
        votes.stream()
                .collect(Collectors.groupingBy(Vote::market, TreeMap::new, Collectors.toList()))
                .forEach((market, inMarket) -> scores.addAll(market(market, inMarket, from, to)));
        return scores;
    }

    private List<CdnScore> market(String market, List<Vote> votes, Instant from, Instant to) {
        Map<String, Panel> panels = new TreeMap<>();
        votes.stream()
                .collect(Collectors.groupingBy(Vote::cdn))
                .forEach((cdn, ofCdn) -> panels.put(cdn, new Panel(ofCdn)));
        double fastest = panels.values().stream()
                .filter(this::enough)
                .map(Panel::medianTtfbMillis)
                .filter(Objects::nonNull)
                .mapToDouble(Double::doubleValue)
                .min()
                .orElse(0);
        List<CdnScore> scores = new ArrayList<>();
        panels.forEach((cdn, panel) -> scores.add(new CdnScore(
                cdn,
                market,
                from,
                to,
                panel.samples(),
                panel.networks(),
                enough(panel),
                panel.availability(),
                panel.errorRatio(),
                panel.medianTtfbMillis(),
                panel.ttfbMillis(0.75),
                panel.ttfbMillis(0.95),
                enough(panel) ? score(panel, fastest) : null)));
        return scores;
    }

    private boolean enough(Panel panel) {
        return panel.samples() >= minSamples && panel.networks() >= minNetworks;
    }

    /** 0-100: of a minute's availability, a request's success, and half of it when it takes twice as long as the fastest one. */
    private static double score(Panel panel, double fastest) {
        Double median = panel.medianTtfbMillis();
        double speed = median == null ? 0 : Math.max(1, fastest) / Math.max(1, median);
        return Math.round(1000 * panel.availability() * (1 - panel.errorRatio()) * speed) / 10.0;
    }
}
