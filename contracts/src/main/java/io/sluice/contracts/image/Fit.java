package io.sluice.contracts.image;

import java.util.Locale;
import java.util.Optional;

/** How a picture meets its box. None enlarges. */
public enum Fit {
    /** The whole picture inside the box, padded to the box's exact size. */
    CONTAIN,
    /** The box filled, what sticks out cut off evenly. */
    COVER,
    /** The whole picture inside the box, no padding: one side may be smaller. */
    INSIDE,
    /** The box filled by stretching: the picture's proportions give way. */
    FILL;

    /** As in a recipe and in {@code fit=}: lower case. */
    public String token() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Fit> ofToken(String token) {
        for (Fit fit : values()) {
            if (fit.token().equals(token)) {
                return Optional.of(fit);
            }
        }
        return Optional.empty();
    }
}
