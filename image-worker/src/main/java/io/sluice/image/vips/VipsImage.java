package io.sluice.image.vips;

import java.lang.foreign.MemorySegment;

/** A picture inside a {@link VipsSession}; its pixels are made when something is saved. */
public final class VipsImage {
    private final NativeCalls calls;
    private final MemorySegment object;

    VipsImage(NativeCalls calls, MemorySegment object) {
        this.calls = calls;
        this.object = object;
    }

    /** In pixels. */
    public int width() {
        return calls.toInt(NativeFunction.VIPS_IMAGE_GET_WIDTH, object);
    }

    /** In pixels. */
    public int height() {
        return calls.toInt(NativeFunction.VIPS_IMAGE_GET_HEIGHT, object);
    }

    /** Channels, alpha included. */
    public int bands() {
        return calls.toInt(NativeFunction.VIPS_IMAGE_GET_BANDS, object);
    }

    public boolean alpha() {
        return calls.toInt(NativeFunction.VIPS_IMAGE_HASALPHA, object) != 0;
    }

    /** Frames that the source has, whether they were loaded or not; 1 for a still picture. */
    public int pages() {
        return calls.toInt(NativeFunction.VIPS_IMAGE_GET_N_PAGES, object);
    }

    /** Height of one frame, in pixels; frames lie below each other. */
    public int pageHeight() {
        return calls.toInt(NativeFunction.VIPS_IMAGE_GET_PAGE_HEIGHT, object);
    }

    /** Where a cut began, from the left edge of what it was cut from, in pixels. */
    public int cutLeft() {
        return -calls.toInt(NativeFunction.VIPS_IMAGE_GET_XOFFSET, object);
    }

    /** Where a cut began, from the top edge of what it was cut from, in pixels. */
    public int cutTop() {
        return -calls.toInt(NativeFunction.VIPS_IMAGE_GET_YOFFSET, object);
    }

    /** {@code srgb}, {@code grey}, {@code cmyk}, {@code rgb16}, {@code grey16} or {@code other}. */
    public String colourSpace() {
        // VipsInterpretation in libvips' image.h; the numbers are part of its ABI.
        return switch (calls.toInt(NativeFunction.VIPS_IMAGE_GET_INTERPRETATION, object)) {
            case 1 -> "grey";
            case 15 -> "cmyk";
            case 17, 22 -> "srgb";
            case 25 -> "rgb16";
            case 26 -> "grey16";
            default -> "other";
        };
    }

    /** EXIF orientation, 1-8; from 5 on the picture lies on its side. */
    public int orientation() {
        return calls.toInt(NativeFunction.VIPS_IMAGE_GET_ORIENTATION, object);
    }

    MemorySegment object() {
        return object;
    }
}
