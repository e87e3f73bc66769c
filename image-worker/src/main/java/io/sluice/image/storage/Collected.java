package io.sluice.image.storage;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What went, or would go, for one cause.
 *
 * @param cause {@code unused-variant}, {@code old-profile}, {@code entry-without-bytes}, {@code bytes-without-entry},
 *     {@code unreferenced-original} or {@code unknown-original}
 * @param objects how many
 * @param bytes together; entries count for nothing: the bytes they named go as {@code bytes-without-entry} once nothing
 *     else names them
 * @param examples the first few names
 */
public record Collected(
        @Schema(
                description = "unused-variant, old-profile, entry-without-bytes, bytes-without-entry,"
                        + " unreferenced-original or unknown-original")
        String cause,

        long objects,
        long bytes,
        List<String> examples) {
    public Collected {
        examples = List.copyOf(examples);
    }
}
