package io.sluice.image.definition;

import io.sluice.contracts.image.NamedPreset;
import io.sluice.contracts.image.OperationNames;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Body of {@code PUT /api/v1/presets/{name}}; also what is stored.
 *
 * @param width of the box in CSS pixels; absent: free
 * @param height likewise; one of both is required
 * @param fit absent: inside
 * @param dpr most device pixels for a CSS pixel; absent: 1
 * @param quality by format; absent: avif 60, webp 80, jpeg 75
 * @param operations see {@link OperationNames}; {@code wm} names a watermark
 */
public record PresetRequest(
        @Schema(description = "CSS pixels, 1-4096; absent: free") @Nullable
        Integer width,

        @Schema(description = "CSS pixels, 1-4096; absent: free") @Nullable
        Integer height,

        @Schema(description = "inside (default), cover, contain or fill") @Nullable
        String fit,

        @Schema(description = "most device pixels for a CSS pixel, 1-4; absent: 1") @Nullable
        Integer dpr,

        @Schema(description = "1-100 for avif, webp, jpeg; absent: 60, 80, 75") @Nullable
        Map<String, Integer> quality,

        @Schema(
                description =
                        "crop, blur, bg, rotate, flip, gravity, focal, anim, pad, sharpen, trim, kcr, max_bytes, wm")
        @Nullable
        Map<String, String> operations) {
    private static final Map<String, Integer> STANDARD = Map.of("avif", 60, "webp", 80, "jpeg", 75);

    /**
     * The preset as addresses are made of it.
     *
     * @param markIds ids by name
     * @throws IllegalArgumentException saying what is not what it must be
     */
    NamedPreset named(String name, Map<String, String> markIds) {
        Map<String, String> named = operations == null ? Map.of() : operations;
        Map<String, String> letters = new TreeMap<>();
        OperationNames.letters(named).forEach((letter, value) -> letters.put(letter.toString(), value));
        String mark = named.get(OperationNames.WATERMARK);
        if (mark != null) {
            String id = markIds.get(mark);
            if (id == null) {
                throw new IllegalArgumentException("wm: there is no watermark '" + mark + "'");
            }
            letters.put("m", id);
        }
        Map<String, Integer> qualities = new TreeMap<>(STANDARD);
        if (quality != null) {
            qualities.putAll(quality);
        }
        return new NamedPreset(
                name,
                width == null ? 0 : width,
                height == null ? 0 : height,
                fit == null ? "inside" : fit,
                dpr == null ? 1 : dpr,
                qualities,
                named,
                letters);
    }
}
