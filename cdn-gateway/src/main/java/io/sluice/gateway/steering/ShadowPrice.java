package io.sluice.gateway.steering;

/**
 * What a GB from the origin costs beside money: nothing while its quota will do, and as much as the quota's next pack once it will
 * not; a CDN that misses more is dearer by that.
 */
public final class ShadowPrice {
    private ShadowPrice() {}

    /**
     * Price of a GB from the origin.
     *
     * @param exceedProbability that the quota is passed before its period ends, 0-1
     * @param perGbBeyond what a GB beyond the quota costs
     */
    public static double originPerGb(double exceedProbability, double perGbBeyond) {
        return Math.clamp(exceedProbability, 0, 1) * perGbBeyond;
    }

    /** What it adds to a GB that a CDN serves. */
    public static double servedPerGb(double originPerGb, double hitRatio) {
        return originPerGb * (1 - Math.clamp(hitRatio, 0, 1));
    }
}
