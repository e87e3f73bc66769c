package io.sluice.optimizer.levels;

import io.sluice.contracts.directive.CachePolicy;
import io.sluice.contracts.directive.Directive;
import io.sluice.contracts.directive.LevelCaps;
import io.sluice.contracts.directive.Throttle;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What each level of each axis does. Read from {@code levels.json}: egress savings are measured bytes (20 photographs, 70 %
 * AVIF, 25 % WebP, 5 % JPEG) against level 0; origin savings are modelled from longer lifetimes (100,000 objects, Zipf 0.9).
 * Axes never cross: only egress lowers quality, because quality does not save origin traffic.
 */
public record LevelTable(
        List<Egress> egress, List<Origin> origin, List<Throttle> compute, List<CachePolicy> availability) {

    public LevelTable {
        egress = List.copyOf(egress);
        origin = List.copyOf(origin);
        compute = List.copyOf(compute);
        availability = List.copyOf(availability);
        for (List<?> axis : List.of(egress, origin, compute, availability)) {
            if (axis.size() != Directive.MAX_LEVEL) {
                throw new IllegalArgumentException(
                        "each axis has " + Directive.MAX_LEVEL + " levels, not " + axis.size());
            }
        }
    }

    /**
     * A level of the egress axis.
     *
     * @param saved ratio of egress bytes against level 0
     * @param lost SSIMULACRA2 points against level 0, mean of 20 photographs
     * @param caps what may be served at the most
     */
    public record Egress(double saved, double lost, LevelCaps caps) {}

    /**
     * A level of the origin axis; warming is paused at each.
     *
     * @param saved ratio of origin fetches against level 0
     * @param lost what that is worth in quality points, of 100 for a refused request: our judgement, nothing measured
     * @param ttlMultiplier of lifetimes
     * @param staleWhileRevalidateSeconds RFC 5861
     * @param staleIfErrorSeconds RFC 5861
     * @param throttle of misses that are not urgent; absent below level 3
     */
    public record Origin(
            double saved,
            double lost,
            double ttlMultiplier,
            int staleWhileRevalidateSeconds,
            int staleIfErrorSeconds,
            @Nullable Throttle throttle) {}

    /** Savings of the egress axis. */
    public Ladder egressLadder() {
        return new Ladder(egress.stream().map(Egress::saved).toList());
    }

    /** Savings of the origin axis. */
    public Ladder originLadder() {
        return new Ladder(origin.stream().map(Origin::saved).toList());
    }

    /** Quality points lost by level 1, 2, .. of the egress axis. */
    public List<Double> egressLost() {
        return egress.stream().map(Egress::lost).toList();
    }

    /** The same of the origin axis. */
    public List<Double> originLost() {
        return origin.stream().map(Origin::lost).toList();
    }
}
