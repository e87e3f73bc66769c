package io.sluice.image.scan;

import java.util.Locale;

/** What an upload may be, told by its first bytes only: never by a name or a media type. */
public enum SourceFormat {
    JPEG,
    PNG,
    GIF,
    WEBP,
    AVIF;

    /** As in {@code Source.format}: lower case. */
    public String token() {
        return name().toLowerCase(Locale.ROOT);
    }
}
