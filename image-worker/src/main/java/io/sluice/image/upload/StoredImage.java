package io.sluice.image.upload;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * An image in the store.
 *
 * @param oid SHA-256 of its bytes, lower-case hex
 * @param bytes its size
 * @param format {@code jpeg}, {@code png}, {@code webp}, {@code gif} or {@code avif}
 * @param width in pixels, upright
 * @param height in pixels, upright
 * @param alpha whether it has transparency
 * @param animated whether it has more than one frame
 */
public record StoredImage(
        @Schema(description = "SHA-256 of the bytes, lower-case hex; also its Git LFS oid")
        String oid,

        @Schema(description = "size in bytes") long bytes,

        @Schema(description = "by its first bytes: jpeg, png, webp, gif or avif")
        String format,

        @Schema(description = "pixels, upright") int width,
        @Schema(description = "pixels, upright") int height,
        boolean alpha,
        boolean animated) {}
