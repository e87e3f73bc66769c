package io.sluice.gateway.negotiation;

import io.sluice.contracts.directive.LevelCaps;
import io.sluice.contracts.image.SizeLadder;
import org.jspecify.annotations.Nullable;

/**
 * The box of a response in device pixels, each side a step of {@link SizeLadder}: the smallest that is not below what was asked,
 * unless that would be above the source or above what a directive allows; then the largest that is not.
 *
 * @param width 0 when only the height is bounded
 * @param height 0 when only the width is bounded
 * @param basis where the size comes from
 * @param limit what held it down
 */
public record SizeChoice(int width, int height, Basis basis, Limit limit) {

    /** Where a size comes from. */
    public enum Basis {
        REQUEST,
        PRESET,
        /** {@code Sec-CH-Width}. */
        CLIENT_HINT,
        /** Nobody said: the source's own width. */
        SOURCE
    }

    /** What held a size down. */
    public enum Limit {
        NONE,
        /** The source is not larger. */
        SOURCE,
        /** A directive caps the longest side or the device pixel ratio. */
        DIRECTIVE
    }

    /** Chooses. A request's {@code w} and {@code h} are CSS pixels, multiplied by {@code dpr}, else by {@code Sec-CH-DPR}. */
    static SizeChoice of(
            ImageQuery query, Preset preset, Hints hints, int sourceWidth, int sourceHeight, LevelCaps caps) {
        boolean requested = query.width() > 0 || query.height() > 0;
        boolean byPreset = !requested && (preset.width() > 0 || preset.height() > 0);
        if (!requested && !byPreset) {
            boolean hinted = hints.width() > 0;
            int width = hinted ? hints.width() : sourceWidth;
            int bounded = hinted ? width : SizeLadder.snapDown(sourceWidth);
            return box(bounded, 0, sourceWidth, sourceHeight, caps)
                    .on(hinted ? Basis.CLIENT_HINT : Basis.SOURCE, false);
        }
        int asked = Math.min(ratio(query, hints), preset.dprThousandths());
        int dpr = cappedRatio(asked, caps.maxDpr());
        int width = requested ? query.width() : preset.width();
        int height = requested ? query.height() : preset.height();
        return box(scaled(width, dpr), scaled(height, dpr), sourceWidth, sourceHeight, caps)
                .on(requested ? Basis.REQUEST : Basis.PRESET, dpr < asked);
    }

    /** With {@code Sec-CH-Width} the client has laid the page out itself, and its {@code w} is in device pixels already. */
    private static int ratio(ImageQuery query, Hints hints) {
        if (query.dprThousandths() > 0) {
            return query.dprThousandths();
        }
        return hints.dprThousandths() > 0 && hints.width() == 0 ? hints.dprThousandths() : 1000;
    }

    private static int cappedRatio(int thousandths, @Nullable Double maxDpr) {
        return maxDpr == null ? thousandths : Math.min(thousandths, (int) (maxDpr * 1000));
    }

    private static int scaled(int pixels, int thousandths) {
        return (int) (((long) pixels * thousandths + 999) / 1000);
    }

    private static SizeChoice box(int width, int height, int sourceWidth, int sourceHeight, LevelCaps caps) {
        int cap = caps.dimension(SizeLadder.MAX);
        boolean free = width == 0 || height == 0;
        int stepWidth = step(width, limit(cap, sourceWidth, sourceHeight, free));
        int stepHeight = step(height, limit(cap, sourceHeight, sourceWidth, free));
        Limit limit = Limit.NONE;
        if (stepWidth < step(width, limit(SizeLadder.MAX, sourceWidth, sourceHeight, free))
                || stepHeight < step(height, limit(SizeLadder.MAX, sourceHeight, sourceWidth, free))) {
            limit = Limit.DIRECTIVE;
        } else if (stepWidth < step(width, SizeLadder.MAX) || stepHeight < step(height, SizeLadder.MAX)) {
            limit = Limit.SOURCE;
        }
        return new SizeChoice(stepWidth, stepHeight, Basis.SOURCE, limit);
    }

    /** Largest a side may be; with the other side free, that one must not exceed the cap either. */
    private static int limit(int cap, int sourceSide, int sourceOther, boolean free) {
        long bound = Math.min(cap, sourceSide);
        return (int) (free ? Math.min(bound, Math.max(1, (long) cap * sourceSide / Math.max(1, sourceOther))) : bound);
    }

    private static int step(int side, int limit) {
        if (side == 0) {
            return 0;
        }
        int up = SizeLadder.snapUp(side);
        return up <= limit ? up : SizeLadder.snapDown(limit);
    }

    private SizeChoice on(Basis other, boolean lowered) {
        return new SizeChoice(width, height, other, lowered ? Limit.DIRECTIVE : limit);
    }
}
