package io.sluice.image.sources;

import io.sluice.contracts.image.Names;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Body of {@code PUT /api/v1/sources/{collection}/{path}}.
 *
 * @param oid of an uploaded image
 * @param tags cache tags, at most 20; absent: none
 */
public record SourceRequest(
        @Schema(description = "oid of an uploaded image", required = true)
        String oid,

        @Schema(description = "cache tags: 1-64 of a-z 0-9 : _ . -, at most 20") @Nullable
        List<String> tags) {
    private static final int MOST_TAGS = 20;

    public SourceRequest {
        if (oid == null || !Names.isOid(oid)) {
            throw new IllegalArgumentException("oid must be 64 lower-case hex digits");
        }
        tags = tags == null ? List.of() : List.copyOf(tags);
        if (tags.size() > MOST_TAGS) {
            throw new IllegalArgumentException("tags may be " + MOST_TAGS + " at the most");
        }
        for (String tag : tags) {
            if (!Names.isTag(tag)) {
                throw new IllegalArgumentException("a tag must be 1-64 of a-z 0-9 : _ . -");
            }
        }
    }

    List<String> tagList() {
        return tags == null ? List.of() : tags;
    }
}
