package io.sluice.image.srcset;

import io.sluice.contracts.image.Fit;
import io.sluice.contracts.image.ImageFormat;
import io.sluice.contracts.image.Names;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Body of {@code POST /api/v1/images/{oid}/variants}.
 *
 * @param collection whose policy and cost it is; absent: {@value Names#BY_OID}
 * @param widths in pixels, 1-20 of them; absent: 256, 512, 1024 and 2048
 * @param formats tokens in any order: pages get the smallest first and what every client can show last; absent: {@code webp} and {@code jpeg}
 *     ({@code png} for pictures with transparency)
 * @param quality format token to quality, 1-100; absent: avif 60, webp 80, jpeg 75
 * @param sizes of the HTML attribute {@code sizes}; absent: {@code 100vw}
 * @param preset name of a preset whose fit, shape, operations and qualities the set takes; absent: none
 * @param fit of a box of {@code ratio}: {@code cover}, {@code contain} or {@code fill}; absent: cover where there is a ratio
 * @param ratio width and height of the box, for example {@code 16:9}; absent: the picture's own shape
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
        String sizes,

        @Schema(description = "a preset: its fit, shape, operations and qualities; instead of fit and ratio") @Nullable
        String preset,

        @Schema(description = "cover (default), contain or fill; with ratio") @Nullable
        String fit,

        @Schema(description = "shape of every box, such as 16:9, each side 1-100; heights are snapped up") @Nullable
        String ratio) {
    private static final Pattern RATIO = Pattern.compile("([1-9]\\d?|100):([1-9]\\d?|100)");
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
        checkShape(preset, fit, ratio);
        quality = quality == null ? Map.of() : Map.copyOf(quality);
        quality.forEach((token, value) -> {
            if (!format(token).lossy() || value < 1 || value > 100) {
                throw new IllegalArgumentException("quality." + token + " must be 1-100, of avif, webp or jpeg");
            }
        });
    }

    /** Refuses what has no box to fit, and what a preset says already. */
    private static void checkShape(@Nullable String preset, @Nullable String fit, @Nullable String ratio) {
        if (preset != null && (fit != null || ratio != null)) {
            throw new IllegalArgumentException("preset has a fit and a shape of its own; leave out fit and ratio");
        }
        if (ratio != null && !RATIO.matcher(ratio).matches()) {
            throw new IllegalArgumentException("ratio must be width:height, each 1-100, as in 16:9");
        }
        if (fit != null
                && (ratio == null || Fit.ofToken(fit).filter(Fit.INSIDE::equals).isPresent())) {
            throw new IllegalArgumentException("fit is cover, contain or fill, and needs a ratio");
        }
        if (fit != null && Fit.ofToken(fit).isEmpty()) {
            throw new IllegalArgumentException("fit must be cover, contain or fill");
        }
    }

    Optional<String> presetName() {
        return Optional.ofNullable(preset);
    }

    Fit fitOrDefault() {
        Fit otherwise = ratio == null ? Fit.INSIDE : Fit.COVER;
        return fit == null ? otherwise : Fit.ofToken(fit).orElse(otherwise);
    }

    /** Height of a box for a width of 1; 0: the picture's own shape. */
    double heightOfWidth() {
        Matcher matcher = RATIO.matcher(ratio == null ? "" : ratio);
        return matcher.matches() ? Double.parseDouble(matcher.group(2)) / Double.parseDouble(matcher.group(1)) : 0;
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
                : formats.stream().map(SetRequest::format).distinct().sorted().toList();
    }

    /**
     * 0 for a lossless format.
     *
     * @param ofPreset by token; what it does not say is the standard one
     */
    int qualityOf(ImageFormat format, Map<String, Integer> ofPreset) {
        int standard = ofPreset.getOrDefault(format.token(), QUALITY.getOrDefault(format, 0));
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
                sizesOrDefault(),
                String.valueOf(preset),
                String.valueOf(fit),
                String.valueOf(ratio));
    }

    private static ImageFormat format(String token) {
        return ImageFormat.ofToken(token)
                .filter(OFFERED::contains)
                .orElseThrow(() ->
                        new IllegalArgumentException("formats are avif, webp, jpeg and png, not '" + token + "'"));
    }
}
