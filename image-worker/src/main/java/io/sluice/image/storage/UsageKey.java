package io.sluice.image.storage;

import java.util.Locale;
import java.util.Optional;

/** By what usage is told. */
enum UsageKey {
    /** {@code originals} and {@code variants}. */
    BUCKET,
    /** The first collection, by name, that has a source of the image; {@code unnamed} without one. */
    OWNER,
    /** Token of the format. */
    FORMAT;

    String column() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<UsageKey> ofToken(String token) {
        for (UsageKey key : values()) {
            if (key.column().equals(token)) {
                return Optional.of(key);
            }
        }
        return Optional.empty();
    }
}
