package io.sluice.image.definition;

import io.sluice.image.variant.MarkDefinition;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Body of {@code PUT /api/v1/watermarks/{name}}: an uploaded image or a text, and how it is laid over.
 *
 * @param oid of an uploaded image; else {@code text}
 * @param text made into an image once, with the fonts of this machine
 * @param font as Pango names it; absent: sans bold
 * @param colour of the text, rrggbb; absent: ffffff
 * @param opacity per cent; absent: 50
 * @param position absent: se
 * @param scale width in per cent of the picture's; absent: 25
 * @param margin per cent of the picture's width; absent: 2
 * @param tile whether it is repeated all over; absent: no
 */
public record WatermarkRequest(
        @Schema(description = "an uploaded image; else text") @Nullable
        String oid,

        @Schema(description = "1-200 characters; drawn once, with the fonts of this machine") @Nullable
        String text,

        @Schema(description = "family and style, for example sans bold (default)") @Nullable
        String font,

        @Schema(description = "of the text, rrggbb; absent: ffffff") @Nullable
        String colour,

        @Schema(description = "per cent, 1-100; absent: 50") @Nullable
        Integer opacity,

        @Schema(description = "centre, n, ne, e, se (default), s, sw, w or nw") @Nullable
        String position,

        @Schema(description = "width in per cent of the picture's, 1-100; absent: 25") @Nullable
        Integer scale,

        @Schema(description = "to the edges and between tiles, per cent of the picture's width, 0-50; absent: 2")
        @Nullable
        Integer margin,

        @Schema(description = "whether it is repeated all over; absent: no") @Nullable
        Boolean tile) {
    private static final int LONGEST = 200;

    /** @throws IllegalArgumentException saying what is not what it must be */
    void check() {
        if ((oid == null) == (text == null)) {
            throw new IllegalArgumentException("oid or text is required, not both");
        }
        if (text != null && (text.isBlank() || text.length() > LONGEST)) {
            throw new IllegalArgumentException("text must be 1-" + LONGEST + " characters");
        }
        if (font != null && !font.matches("[A-Za-z][A-Za-z0-9 -]{0,60}")) {
            throw new IllegalArgumentException("font must be a family and a style, such as sans bold");
        }
        if (colour != null && !colour.matches("[0-9a-f]{6}")) {
            throw new IllegalArgumentException("colour must be six lower-case hex digits");
        }
        definition("0".repeat(64));
    }

    /** Of an image that is in the store. */
    MarkDefinition definition(String image) {
        return new MarkDefinition(
                image,
                opacity == null ? 50 : opacity,
                position == null ? "se" : position,
                scale == null ? 25 : scale,
                margin == null ? 2 : margin,
                tile != null && tile);
    }
}
