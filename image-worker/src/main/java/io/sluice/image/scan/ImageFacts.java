package io.sluice.image.scan;

/**
 * What the headers of an image say.
 *
 * @param format by its first bytes
 * @param width in pixels, upright
 * @param height in pixels, upright
 * @param alpha whether it has transparency
 * @param animated whether it has more than one frame
 * @param orientation EXIF orientation of a JPEG, 1-8; 1 where there is none
 * @param progressive whether a decoder must hold all its coefficients at once
 * @param colourManaged whether its colours need a conversion to be sRGB: it carries another ICC profile, or is CMYK
 */
public record ImageFacts(
        SourceFormat format,
        int width,
        int height,
        boolean alpha,
        boolean animated,
        int orientation,
        boolean progressive,
        boolean colourManaged) {

    public ImageFacts {
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException("an image has at least 1 x 1 pixels, was " + width + " x " + height);
        }
        if (orientation < 1 || orientation > 8) {
            throw new IllegalArgumentException("orientation must be 1-8, was " + orientation);
        }
    }

    /** Pixels of one frame. */
    public long pixels() {
        return (long) width * height;
    }
}
