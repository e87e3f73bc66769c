package io.sluice.gateway.geo;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What the table of countries in use is made of. */
@Schema(name = "Geo")
public record GeoState(
        @Schema(description = "rows of the IPv4 file; 0 with no file")
        int v4Rows,

        @Schema(description = "rows of the IPv6 file; 0 with no file")
        int v6Rows,

        @Schema(description = "rows of the file of overrides")
        int overrides,

        @Schema(description = "when it was read; absent before") @Nullable
        Instant readAt,

        @Schema(description = "what is wrong with a changed file, which is not used; absent when nothing is") @Nullable
        String refused) {
    GeoState refusing(String reason) {
        return new GeoState(v4Rows, v6Rows, overrides, readAt, reason);
    }
}
