package io.sluice.image.variant;

import io.sluice.contracts.image.VariantAddress;
import java.util.Locale;

/** How large a variant may be, in few classes: label of meters. */
enum SizeClass {
    /** At most 256 pixels on the longer side. */
    THUMBNAIL(256),
    /** At most 640. */
    SMALL(640),
    /** At most 1280. */
    MEDIUM(1280),
    /** Above, and the source's own pixels. */
    LARGE(Integer.MAX_VALUE);

    private final int longest;

    SizeClass(int longest) {
        this.longest = longest;
    }

    static SizeClass of(VariantAddress address) {
        int side = address.recipe()
                .map(recipe ->
                        Math.max(recipe.width().orElse(0), recipe.height().orElse(0)))
                .orElse(Integer.MAX_VALUE);
        for (SizeClass size : values()) {
            if (side <= size.longest) {
                return size;
            }
        }
        return LARGE;
    }

    /** Value of the label. */
    String token() {
        return name().toLowerCase(Locale.ROOT);
    }
}
