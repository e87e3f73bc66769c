package io.sluice.gateway.negotiation;

import org.jspecify.annotations.Nullable;

/**
 * What a client's headers say of its screen and its line. A hint that cannot be read counts as none.
 *
 * @param saveData whether it asks for less data ({@code Save-Data: on})
 * @param dprThousandths {@code Sec-CH-DPR}, 1000-4000; 0 when absent
 * @param width {@code Sec-CH-Width}: what it will show, in device pixels; 0 when absent
 */
public record Hints(boolean saveData, int dprThousandths, int width) {
    /** Nothing said. */
    public static final Hints NONE = new Hints(false, 0, 0);

    private static final int MAX_DPR = 4000;

    /** Reads the three headers; each may be null. */
    public static Hints of(@Nullable String saveData, @Nullable String dpr, @Nullable String width) {
        if (saveData == null && dpr == null && width == null) {
            return NONE;
        }
        int thousandths = dpr == null ? 0 : Decimal.thousandths(dpr, 0, dpr.length(), 100, 0);
        return new Hints(
                saveData != null && saveData.equalsIgnoreCase("on"),
                thousandths == 0 ? 0 : Math.clamp(thousandths, 1000, MAX_DPR),
                width == null ? 0 : Decimal.whole(width, 0, width.length(), 100_000, 0));
    }
}
