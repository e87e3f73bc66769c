package io.sluice.image.variant;

/**
 * What a look at a source's header and a few of its pixels tells.
 *
 * @param frames 1 for a still picture
 * @param colourSpace {@code srgb}, {@code grey}, {@code cmyk}, {@code rgb16}, {@code grey16} or {@code other}
 * @param colourProfile whether it carries an ICC profile, or is CMYK
 * @param orientation EXIF orientation, 1-8
 * @param thumbnail the first frame, upright, at most 32 x 32 pixels
 */
public record Look(int frames, String colourSpace, boolean colourProfile, int orientation, Thumbnail thumbnail) {
    /** Longest side of the thumbnail, in pixels. */
    public static final int SIDE = 32;
}
