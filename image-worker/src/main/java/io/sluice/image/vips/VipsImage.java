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

    MemorySegment object() {
        return object;
    }
}
