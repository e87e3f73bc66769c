package io.sluice.image.imports;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A file that cannot be taken.
 *
 * @param path below the root
 * @param problem end of the problem's type, for example {@code not-an-image}
 * @param detail why, in this case
 */
public record FileRefusal(
        @Schema(description = "below the root") String path,
        @Schema(description = "as in /problems/{problem}") String problem,
        String detail) {}
