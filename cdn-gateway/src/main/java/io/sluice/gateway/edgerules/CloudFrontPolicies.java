package io.sluice.gateway.edgerules;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The rules as CloudFront's API names things: for each path pattern a {@code CachePolicyConfig} and the header for browsers. A
 * pattern knows one extension, so a rule with five makes five.
 */
@Schema(name = "CloudFrontPolicies")
record CloudFrontPolicies(
        @Schema(description = "header that tags are read from: CacheTagConfig.HeaderName of the distribution")
        String cacheTagHeader,

        @Schema(description = "in the order of precedence") List<Behaviour> cacheBehaviors) {
    /** One {@code CacheBehavior}. */
    @Schema(name = "CloudFrontBehaviour")
    record Behaviour(String pathPattern, CachePolicy cachePolicyConfig, String cacheControl) {}

    /** The part of {@code CachePolicyConfig} that follows from a rule; nothing but the path is in the key. */
    @Schema(name = "CloudFrontCachePolicy")
    record CachePolicy(
            String name,
            @Schema(description = "seconds") long minTTL,
            @Schema(description = "seconds") long defaultTTL,
            @Schema(description = "seconds") long maxTTL) {}

    static CloudFrontPolicies of(EdgeRules rules) {
        List<Behaviour> behaviours = rules.rules().stream()
                .flatMap(rule -> {
                    CachePolicy policy = new CachePolicy(
                            "sluice-" + rule.name(),
                            0,
                            rule.edge().toSeconds(),
                            Math.max(rule.edge().toSeconds(), EdgeRule.LONGEST.toSeconds()));
                    List<String> endings = rule.extensions().isEmpty()
                            ? List.of("*")
                            : rule.extensions().stream()
                                    .map(ending -> "*." + ending)
                                    .toList();
                    return endings.stream()
                            .map(ending -> new Behaviour(rule.prefix() + ending, policy, rule.cacheControl()));
                })
                .toList();
        return new CloudFrontPolicies("Cache-Tag", behaviours);
    }
}
