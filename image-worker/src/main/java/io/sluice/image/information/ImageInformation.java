package io.sluice.image.information;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What an image is and shows.
 *
 * @param oid SHA-256 of its bytes, lower-case hex
 * @param bytes its size
 * @param format {@code jpeg}, {@code png}, {@code webp}, {@code gif} or {@code avif}
 * @param width in pixels, upright
 * @param height in pixels of one frame, upright
 * @param frames 1 for a still picture
 * @param alpha whether it has transparency
 * @param colourSpace {@code srgb}, {@code grey}, {@code cmyk}, {@code rgb16}, {@code grey16} or {@code other}
 * @param colourProfile whether it carries an ICC profile, or is CMYK
 * @param orientation EXIF orientation, 1-8
 * @param dominantColour {@code #rrggbb}
 * @param blurhash 4 x 3 components
 * @param thumbhash base64
 */
public record ImageInformation(
        String oid,
        long bytes,
        String format,
        @Schema(description = "pixels, upright") int width,

        @Schema(description = "pixels of one frame, upright")
        int height,

        @Schema(description = "1 for a still picture") int frames,
        boolean alpha,

        @Schema(description = "srgb, grey, cmyk, rgb16, grey16 or other")
        String colourSpace,

        @Schema(description = "whether it carries an ICC profile, or is CMYK")
        boolean colourProfile,

        @Schema(description = "EXIF orientation, 1-8") int orientation,
        @Schema(description = "#rrggbb, of the first frame") String dominantColour,

        @Schema(description = "BlurHash of the first frame, 4 x 3 components")
        String blurhash,

        @Schema(description = "ThumbHash of the first frame, base64")
        String thumbhash) {}
