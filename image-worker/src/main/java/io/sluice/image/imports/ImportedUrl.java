package io.sluice.image.imports;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A URL of an import and what came of it.
 *
 * @param position in the list, from 0
 * @param url as it was given
 * @param path of the source that it becomes
 * @param outcome absent until it was looked at
 * @param oid of the image; absent when there is none
 * @param problem end of the problem's type when it was refused, for example {@code origin-refused}
 * @param detail why, in this case
 */
public record ImportedUrl(
        @Schema(description = "in the list, from 0") int position,
        String url,

        @Schema(description = "of the source that it becomes")
        String path,

        @Schema(description = "absent until it was looked at") @Nullable
        Outcome outcome,

        @Nullable String oid,

        @Schema(description = "as in /problems/{problem}") @Nullable
        String problem,

        @Nullable String detail) {
    /** What came of it. */
    public enum Outcome {
        /** It became a source, or changed one. */
        IMPORTED,
        /** Its source is as it should be. */
        UNCHANGED,
        /** There is no image, or none that is taken. */
        REFUSED
    }
}
