package io.sluice.gateway.cdns;

import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Body of {@code PUT /api/v1/cdns/{name}}. */
record CdnRequest(
        @Schema(description = "base address, http or https, without user, query and fragment") @Nullable
        String url,

        @Schema(description = "share of keys relative to the other weights, above 0; 100 when absent") @Nullable
        Double weight,

        @Schema(description = "path to probe; /v/canary when absent") @Nullable
        String probe,

        @Schema(description = "who runs it; HTTP when absent") @Nullable
        VendorKind kind,

        @Schema(
                description =
                        "CLOUDFLARE: zone, plan; CLOUDFRONT: distribution; FASTLY: service; BUNNY: pull-zone; HTTP: purge "
                                + "(none, method, ban or refetch)")
        @Nullable
        Map<String, String> settings,

        @Schema(
                description =
                        "name of a secret configured as sluice.gateway.credentials.{name}; the secret never passes here")
        @Nullable
        String credential) {}
