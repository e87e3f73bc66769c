package io.sluice.image.directive;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a directive's own JSON asks for and this worker's records do not know: a newer optimizer's levers. It is named in the
 * acknowledgement, so that nobody takes a lever for pulled that is not there. Pure.
 */
final class UnknownLevers {
    private static final Set<String> DIRECTIVE = Set.of(
            "id",
            "scope",
            "epoch",
            "generation",
            "contentHash",
            "issuedAt",
            "leaseSeconds",
            "endsAt",
            "onExpiry",
            "audience",
            "axes",
            "mix",
            "levels",
            "throttle",
            "cache",
            "disabledFeatures",
            "reason",
            "actor",
            "rollout");
    private static final Set<String> LEVEL = Set.of("quality", "formats", "maxDimension", "maxDpr");
    private static final Set<String> THROTTLE = Set.of("rps", "burst", "retryAfterSeconds", "shedBelowPriority");

    /** An acknowledgement stays small whatever came. */
    private static final int MOST = 32;

    private UnknownLevers() {}

    /** Paths of them in the order of the document, for example {@code levels.2.effort}; at most 32. */
    static List<String> in(JsonNode directive) {
        List<String> unknown = new ArrayList<>();
        collect("", directive, DIRECTIVE, unknown);
        directive
                .path("levels")
                .properties()
                .forEach(level -> collect("levels." + level.getKey() + '.', level.getValue(), LEVEL, unknown));
        collect("throttle.", directive.path("throttle"), THROTTLE, unknown);
        return unknown.size() <= MOST ? unknown : unknown.subList(0, MOST);
    }

    private static void collect(String prefix, JsonNode object, Set<String> known, List<String> unknown) {
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            if (!known.contains(field.getKey()) && !field.getValue().isNull()) {
                unknown.add(prefix + field.getKey());
            }
        }
    }
}
