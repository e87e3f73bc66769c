package io.sluice.gateway.markets;

import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Body of {@code PUT /api/v1/markets/{name}}. */
@Schema(name = "MarketPolicyRequest")
public record PolicyRequest(
        @Schema(description = "ISO 3166-1 alpha-2, upper case; required but in the market default, which has the rest")
        @Nullable
        List<String> countries,

        @Schema(description = "CDNs that may be used; absent: all") @Nullable
        List<String> allow,

        @Schema(description = "CDNs that must not be used") @Nullable
        List<String> deny,

        @Schema(description = "weights in this market by CDN, above 0; a CDN that is not named has its own") @Nullable
        Map<String, Double> weights,

        @Schema(description = "WEIGHTS when absent: shares as the weights say. COST: so that the bills grow least")
        @Nullable
        Steering steering,

        @Schema(description = "share of buckets for a CDN that gets nothing else, 0-0.05; 0.01 when absent") @Nullable
        Double exploration) {
    /**
     * The policy with what was left out.
     *
     * @throws IllegalArgumentException beginning with the name of the field that is wrong
     */
    public Policy policy() {
        return new Policy(
                countries == null ? List.of() : countries,
                allow,
                deny == null ? List.of() : deny,
                weights == null ? Map.of() : weights,
                steering == null ? Steering.WEIGHTS : steering,
                exploration == null ? Policy.NONE.exploration() : exploration);
    }
}
