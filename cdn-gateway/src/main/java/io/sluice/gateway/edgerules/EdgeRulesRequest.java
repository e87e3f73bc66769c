package io.sluice.gateway.edgerules;

import io.sluice.platform.problem.InvalidRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Body of {@code PUT /api/v1/edge-rules}. */
record EdgeRulesRequest(
        @Schema(description = "in the order in which they are asked; the first that matches holds") @Nullable
        List<Rule> rules) {
    /** One rule. */
    @Schema(name = "EdgeRuleRequest")
    record Rule(
            @Nullable String name,

            @Schema(description = "directory such as /v/") @Nullable
            String prefix,

            @Schema(description = "endings without a dot; all when absent") @Nullable
            List<String> extensions,

            @Schema(description = "how long browsers keep it; PT0S when absent") @Nullable
            Duration browser,

            @Schema(description = "how long edges keep it") @Nullable
            Duration edge,

            @Schema(description = "PT0S when absent") @Nullable
            Duration staleWhileRevalidate,

            @Schema(description = "PT0S when absent") @Nullable
            Duration staleIfError,

            @Schema(description = "false when absent") @Nullable
            Boolean immutable) {
        private EdgeRule checked() {
            if (name == null || prefix == null || edge == null) {
                throw new IllegalArgumentException("name, prefix and edge are required");
            }
            return new EdgeRule(
                    name,
                    prefix,
                    extensions == null ? List.of() : extensions,
                    zero(browser),
                    edge,
                    zero(staleWhileRevalidate),
                    zero(staleIfError),
                    Boolean.TRUE.equals(immutable));
        }

        private static Duration zero(@Nullable Duration time) {
            return time == null ? Duration.ZERO : time;
        }
    }

    /** @throws InvalidRequest naming the rule */
    EdgeRules checked() {
        List<EdgeRule> checked = new ArrayList<>();
        List<Rule> given = rules == null ? List.of() : rules;
        for (int i = 0; i < given.size(); i++) {
            try {
                checked.add(given.get(i).checked());
            } catch (IllegalArgumentException e) {
                throw new InvalidRequest("rules[" + i + "]", String.valueOf(e.getMessage()));
            }
        }
        try {
            return new EdgeRules(0, checked);
        } catch (IllegalArgumentException e) {
            throw new InvalidRequest("rules", String.valueOf(e.getMessage()));
        }
    }
}
