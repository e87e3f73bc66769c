package io.sluice.gateway.negotiation;

import io.sluice.contracts.directive.LevelCaps;
import io.sluice.contracts.image.ImageFormat;
import org.jspecify.annotations.Nullable;

/**
 * The format of a response, and why.
 *
 * @param format null when the client refuses every format that could be served
 * @param reason why it is this one
 */
public record FormatChoice(@Nullable ImageFormat format, Reason reason) {

    /** Why a format was chosen. */
    public enum Reason {
        /** The client welcomes it most. */
        ACCEPT,
        /** The request names it. */
        REQUESTED,
        /** A directive does not allow the one that would have been chosen. */
        DIRECTIVE,
        /** The client refuses all that could be served. */
        REFUSED
    }

    /**
     * Chooses. AVIF and WebP go only to clients that name them, AVIF only to those that take WebP, too (an AVIF that is not made
     * yet is answered with WebP). Without them it is JPEG, or PNG where the source has transparency. A format that the client
     * refuses ({@code q=0}) is never chosen.
     *
     * @param asked by the request; null to negotiate
     */
    public static FormatChoice of(@Nullable ImageFormat asked, Accept accept, boolean alpha, LevelCaps caps) {
        ImageFormat wanted = asked == null ? negotiate(accept, alpha, LevelCaps.NONE) : asked;
        if (wanted == null || accept.refuses(wanted)) {
            return new FormatChoice(null, Reason.REFUSED);
        }
        if (caps.allows(wanted)) {
            return new FormatChoice(wanted, asked == null ? Reason.ACCEPT : Reason.REQUESTED);
        }
        ImageFormat lowered = negotiate(accept, alpha, caps);
        return lowered == null ? new FormatChoice(null, Reason.REFUSED) : new FormatChoice(lowered, Reason.DIRECTIVE);
    }

    private static @Nullable ImageFormat negotiate(Accept accept, boolean alpha, LevelCaps caps) {
        ImageFormat best = plain(accept, alpha);
        int quality = best == null ? 0 : accept.quality(best);
        if (accept.names(ImageFormat.WEBP)) {
            if (caps.allows(ImageFormat.WEBP) && accept.quality(ImageFormat.WEBP) >= quality) {
                best = ImageFormat.WEBP;
                quality = accept.quality(best);
            }
            if (accept.names(ImageFormat.AVIF)
                    && caps.allows(ImageFormat.AVIF)
                    && accept.quality(ImageFormat.AVIF) >= quality) {
                best = ImageFormat.AVIF;
            }
        }
        return best;
    }

    private static @Nullable ImageFormat plain(Accept accept, boolean alpha) {
        ImageFormat first = alpha ? ImageFormat.PNG : ImageFormat.JPEG;
        if (!accept.refuses(first)) {
            return first;
        }
        ImageFormat second = alpha ? ImageFormat.JPEG : ImageFormat.PNG;
        return accept.refuses(second) ? null : second;
    }
}
