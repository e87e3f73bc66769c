package io.sluice.image.variant;

/** A picture small enough to count its pixels; their colours are not multiplied by their opacity. Immutable. */
public final class Thumbnail {
    private final int width;
    private final int height;
    private final byte[] rgba;

    /** @param rgba four bytes a pixel, row by row */
    public Thumbnail(int width, int height, byte[] rgba) {
        if (width < 1 || height < 1 || rgba.length != width * height * 4) {
            throw new IllegalArgumentException(rgba.length + " bytes are no " + width + " x " + height + " pixels");
        }
        this.width = width;
        this.height = height;
        this.rgba = rgba.clone();
    }

    /** In pixels. */
    public int width() {
        return width;
    }

    /** In pixels. */
    public int height() {
        return height;
    }

    /** How many. */
    public int pixels() {
        return width * height;
    }

    /** 0-255 of a pixel's channel: 0 red, 1 green, 2 blue, 3 opacity. */
    public int channel(int pixel, int channel) {
        return rgba[pixel * 4 + channel] & 255;
    }

    /** 0-255 of a pixel's channel, on white. */
    public double onWhite(int pixel, int channel) {
        double opacity = channel(pixel, 3) / 255.0;
        return channel(pixel, channel) * opacity + 255 * (1 - opacity);
    }
}
