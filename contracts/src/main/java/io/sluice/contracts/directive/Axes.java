package io.sluice.contracts.directive;

/**
 * One level for each cause, 0 (normal) to 4 and fractions between: the part behind the point is the share of keys or receivers
 * that are one level higher. Each axis has its own levers.
 *
 * @param egress CDN cost and egress: quality, formats, sizes
 * @param origin LFS quota: warming paused, longer lifetimes, cached sources first, misses of low priority throttled; never quality
 * @param compute queue and CPU: effort, AVIF encodes, nearest existing variant
 * @param availability faults: stale content, optional features off
 */
public record Axes(double egress, double origin, double compute, double availability) {
    public static final Axes NORMAL = new Axes(0, 0, 0, 0);

    public Axes {
        check("egress", egress);
        check("origin", origin);
        check("compute", compute);
        check("availability", availability);
    }

    private static void check(String axis, double level) {
        if (!(level >= 0 && level <= Directive.MAX_LEVEL)) {
            throw new IllegalArgumentException(axis + " must be 0-4, was " + level);
        }
    }
}
