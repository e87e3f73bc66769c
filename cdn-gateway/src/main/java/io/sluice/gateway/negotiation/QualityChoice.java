package io.sluice.gateway.negotiation;

import io.sluice.contracts.directive.LevelCaps;
import io.sluice.contracts.image.ImageFormat;

/**
 * The quality of a response, and what it was lowered by.
 *
 * @param quality 1-100; 0 for a lossless format
 * @param asked before anything lowered it; 0 likewise
 * @param saveData whether {@code Save-Data} lowered it
 * @param directive whether a directive lowered it
 */
public record QualityChoice(int quality, int asked, boolean saveData, boolean directive) {
    private static final QualityChoice LOSSLESS = new QualityChoice(0, 0, false, false);

    /** How much {@code Save-Data} takes, in points. */
    static final int SAVE_DATA_STEP = 10;

    static QualityChoice of(ImageFormat format, int requested, Preset preset, boolean saveData, LevelCaps caps) {
        if (!format.lossy()) {
            return LOSSLESS;
        }
        int asked = requested > 0 ? requested : preset.quality(format);
        int lowered = saveData ? Math.max(1, asked - SAVE_DATA_STEP) : asked;
        int capped = caps.quality(format, lowered);
        return new QualityChoice(capped, asked, lowered < asked, capped < lowered);
    }
}
