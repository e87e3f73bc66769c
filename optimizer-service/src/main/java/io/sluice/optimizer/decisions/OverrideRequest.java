package io.sluice.optimizer.decisions;

import io.sluice.contracts.directive.Directive;
import io.sluice.contracts.problem.Problem.FieldError;
import io.sluice.optimizer.overrides.LevelOverride;
import io.sluice.optimizer.overrides.OverrideStore;
import io.sluice.optimizer.policies.Axis;
import io.sluice.platform.problem.InvalidRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Body of {@code POST /api/v1/overrides}.
 *
 * @param scope {@code global} (when absent) or {@code collection:{name}}
 * @param axis egress, origin, compute or availability
 * @param kind FLOOR, CEILING or PIN
 * @param level 0-4
 * @param ttl ISO 8601, PT1S to PT24H; always needed, so that nothing is forgotten
 * @param reason for whoever wonders, 1-500 characters
 * @param confirm needed to go above level 3 by FLOOR or PIN
 */
public record OverrideRequest(
        @Nullable String scope,
        @Nullable Axis axis,
        LevelOverride.@Nullable Kind kind,
        @Nullable Double level,
        @Nullable Duration ttl,
        @Nullable String reason,
        @Nullable Boolean confirm) {
    private static final Duration LONGEST = Duration.ofHours(24);
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final int LONGEST_REASON = 500;

    /** Checked; fails with every field that is wrong. */
    OverrideStore.New checked(String actor) {
        List<FieldError> errors = new ArrayList<>();
        String where = scope == null ? Directive.GLOBAL : scope;
        check(errors, Directive.isScope(where), "scope", "must be global or collection:{name}");
        check(errors, axis != null, "axis", "is required: egress, origin, compute or availability");
        check(errors, kind != null, "kind", "is required: FLOOR, CEILING or PIN");
        check(errors, level != null && level >= 0 && level <= Directive.MAX_LEVEL, "level", "is required, 0 to 4");
        check(
                errors,
                ttl != null && ttl.compareTo(SHORTEST) >= 0 && ttl.compareTo(LONGEST) <= 0,
                "ttl",
                "is required, PT1S to PT24H");
        check(
                errors,
                reason != null && !reason.isBlank() && reason.length() <= LONGEST_REASON,
                "reason",
                "is required, at most 500 characters");
        boolean drastic = kind != LevelOverride.Kind.CEILING && level != null && level > 3;
        check(errors, !drastic || Boolean.TRUE.equals(confirm), "confirm", "must be true for a level above 3");
        if (!errors.isEmpty() || axis == null || kind == null || level == null || ttl == null || reason == null) {
            throw new InvalidRequest(errors);
        }
        return new OverrideStore.New(where, axis, kind, level, ttl, reason, actor);
    }

    private static void check(List<FieldError> errors, boolean fits, String field, String message) {
        if (!fits) {
            errors.add(new FieldError(field, message));
        }
    }
}
