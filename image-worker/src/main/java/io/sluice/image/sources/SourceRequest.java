package io.sluice.image.sources;

import io.sluice.contracts.image.Names;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Body of {@code PUT /api/v1/sources/{collection}/{path}}: either an oid or a url.
 *
 * @param oid of an image that is here, or that a configured Git LFS server has
 * @param bytes size of that image, as its LFS pointer says; absent: not known
 * @param url of an image at a configured origin
 * @param tags cache tags, at most 20; absent: none
 */
public record SourceRequest(
        @Schema(description = "oid of an image that is here, or that a configured Git LFS server has") @Nullable
        String oid,

        @Schema(description = "beside oid: its size, as the LFS pointer says; some LFS servers insist on it") @Nullable
        Long bytes,

        @Schema(description = "instead of oid: an image below one of the configured origins") @Nullable
        String url,

        @Schema(description = "cache tags: 1-64 of a-z 0-9 : _ . -, at most 20") @Nullable
        List<String> tags) {
    private static final int MOST_TAGS = 20;

    public SourceRequest {
        if ((oid == null) == (url == null)) {
            throw new IllegalArgumentException("either oid or url is required");
        }
        if (oid != null && !Names.isOid(oid)) {
            throw new IllegalArgumentException("oid must be 64 lower-case hex digits");
        }
        if (bytes != null && bytes < 0) {
            throw new IllegalArgumentException("bytes must not be negative");
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
