package io.sluice.gateway.pricing;

import java.util.Arrays;

/**
 * What one CDN has served this month.
 *
 * @param gb so far
 * @param elapsed share of the month that has passed, 0-1
 * @param monthSeconds length of the month
 * @param mbps what it serves now
 * @param burstsUsed samples of 5 minutes above the percentile commit so far; the current one not among them
 * @param p95Mbps the sample that would be billed if the month ended now; 0 without a percentile commit
 */
public record MonthUsage(double gb, double elapsed, double monthSeconds, double mbps, int burstsUsed, double p95Mbps) {
    /** Length of a sample of bandwidth, seconds. */
    public static final double SAMPLE_SECONDS = 300;

    /** Nothing yet, in a month of 30 days. */
    public static final MonthUsage NONE = new MonthUsage(0, 0, 30 * 86_400, 0, 0, 0);

    /** How many samples above the commit a month may have without being billed: 5 %. */
    public int burstBudget() {
        return (int) Math.floor(monthSeconds / SAMPLE_SECONDS * 0.05);
    }

    /** What the month comes to at the pace so far, GB; what was used while the month is younger than half a day. */
    public double projectedGb() {
        return elapsed * monthSeconds < 43_200 ? gb : gb / elapsed;
    }

    /** The sample that is billed: the highest when the highest 5 % are left out. */
    public static double p95(double[] samplesMbps) {
        if (samplesMbps.length == 0) {
            return 0;
        }
        double[] sorted = samplesMbps.clone();
        Arrays.sort(sorted);
        return sorted[Math.max(0, sorted.length - 1 - (int) Math.floor(sorted.length * 0.05))];
    }
}
