package io.sluice.image.srcset;

import io.sluice.contracts.image.ImageFormat;
import io.sluice.contracts.image.Names;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Body of {@code POST /api/v1/images/{oid}/variants}.
 *
 * @param collection whose policy and cost it is; absent: {@value Names#BY_OID}
 * @param widths in pixels, 1-20 of them; absent: 256, 512, 1024 and 2048
 * @param formats tokens, best first; the last one is what every client can show; absent: {@code webp} and {@code jpeg}
 *     ({@code png} for pictures with transparency)
 * @param quality format token to quality, 1-100; absent: avif 60, webp 80, jpeg 75
 * @param sizes of the HTML attribute {@code sizes}; absent: {@code 100vw}
 */
public record SetRequest(
        @Nullable String collection,

        @Schema(description = "pixels, 1-20 of them; snapped to the sizes of addresses, never above the source")
        @Nullable
        List<Integer> widths,

        @Schema(description = "avif, webp, jpeg, png; best first") @Nullable
        List<String> formats,

        @Schema(description = "format to quality, 1-100; a directive in force may cap it") @Nullable
        Map<String, Integer> quality,

        @Schema(description = "HTML attribute sizes, 100vw by default") @Nullable
        String sizes) {
    private static final int MOST = 20;
    private static final List<ImageFormat> OFFERED =
            List.of(ImageFormat.AVIF, ImageFormat.WEBP, ImageFormat.JPEG, ImageFormat.PNG);
    private static final Map<ImageFormat, Integer> QUALITY =
            Map.of(ImageFormat.AVIF, 60, ImageFormat.WEBP, 80, ImageFormat.JPEG, 75);

    public SetRequest {
        if (collection != null && !Names.isCollection(collection)) {
            throw new IllegalArgumentException("collection must be 1-63 of a-z 0-9 _ -, not starting with a sign");
        }
        widths = widths == null ? List.of(256, 512, 1024, 2048) : List.copyOf(widths);
        if (widths.isEmpty() || widths.size() > MOST || widths.stream().anyMatch(width -> width < 1)) {
            throw new IllegalArgumentException("widths must be 1-" + MOST + " widths of at least 1 pixel");
        }
        if (formats != null) {
            formats = List.copyOf(formats);
            if (formats.isEmpty()) {
                throw new IllegalArgumentException("formats must name one at least, or be absent");
            }
            formats.forEach(SetRequest::format);
        }
        quality = quality == null ? Map.of() : Map.copyOf(quality);
        quality.forEach((token, value) -> {
            if (!format(token).lossy() || value < 1 || value > 100) {
                throw new IllegalArgumentException("quality." + token + " must be 1-100, of avif, webp or jpeg");
            }
        });
    }

    String collectionOrDefault() {
        return collection == null ? Names.BY_OID : collection;
    }

    List<Integer> widthList() {
        return widths == null ? List.of() : widths;
    }

    List<ImageFormat> formatList(boolean alpha) {
        return formats == null
                ? List.of(ImageFormat.WEBP, alpha ? ImageFormat.PNG : ImageFormat.JPEG)
                : formats.stream().map(SetRequest::format).distinct().toList();
    }

    /** 0 for a lossless format. */
    int qualityOf(ImageFormat format) {
        int standard = QUALITY.getOrDefault(format, 0);
        return quality == null ? standard : quality.getOrDefault(format.token(), standard);
    }

    String sizesOrDefault() {
        return sizes == null ? "100vw" : sizes;
    }

    /** The same text for requests that mean the same. */
    String canonical() {
        return String.join(
                "\n",
                collectionOrDefault(),
                String.valueOf(widths),
                String.valueOf(formats),
                String.valueOf(quality == null ? null : new TreeMap<>(quality)),
                sizesOrDefault());
    }

    private static ImageFormat format(String token) {
        return ImageFormat.ofToken(token)
                .filter(OFFERED::contains)
                .orElseThrow(() ->
                        new IllegalArgumentException("formats are avif, webp, jpeg and png, not '" + token + "'"));
    }
}
