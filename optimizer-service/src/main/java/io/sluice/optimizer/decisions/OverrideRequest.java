package io.sluice.optimizer.decisions;

import io.sluice.contracts.directive.Axes;
import io.sluice.contracts.directive.Directive;
import io.sluice.contracts.problem.Problem.FieldError;
import io.sluice.optimizer.levels.LevelTable;
import io.sluice.optimizer.levels.Levers;
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
 * @param confirm needed to go above level 3, or to one that throttles requests, by FLOOR or PIN
 * @param immediate true: what it raises goes to all keys and receivers at once; else in steps, each watched
 */
public record OverrideRequest(
        @Nullable String scope,
        @Nullable Axis axis,
        LevelOverride.@Nullable Kind kind,
        @Nullable Double level,
        @Nullable Duration ttl,
        @Nullable String reason,
        @Nullable Boolean confirm,
        @Nullable Boolean immediate) {
    static final String CONFIRM = "must be true for a level above 3, and for one that throttles requests";

    /** Checked; fails with every field that is wrong. */
    OverrideStore.New checked(String actor, LevelTable table) {
        List<FieldError> errors = new ArrayList<>();
        String where = scope == null ? Directive.GLOBAL : scope;
        check(errors, Directive.isScope(where), "scope", "must be global or collection:{name}");
        check(errors, axis != null, "axis", "is required: egress, origin, compute or availability");
        check(errors, kind != null, "kind", "is required: FLOOR, CEILING or PIN");
        check(errors, level != null && level >= 0 && level <= Directive.MAX_LEVEL, "level", "is required, 0 to 4");
        Limits.check(errors, ttl, reason);
        boolean drastic = errors.isEmpty()
                && kind != LevelOverride.Kind.CEILING
                && axis != null
                && level != null
                && drastic(axis, level, table);
        check(errors, !drastic || Boolean.TRUE.equals(confirm), "confirm", CONFIRM);
        if (!errors.isEmpty() || axis == null || kind == null || level == null || ttl == null || reason == null) {
            throw new InvalidRequest(errors);
        }
        return new OverrideStore.New(where, axis, kind, level, ttl, reason, actor, Boolean.TRUE.equals(immediate));
    }

    /** Whether it takes a second thought: levels above 3, and those that refuse requests. */
    static boolean drastic(Axes axes, LevelTable table) {
        return Math.max(Math.max(axes.egress(), axes.origin()), Math.max(axes.compute(), axes.availability())) > 3
                || Levers.of(axes, table).throttle() != null;
    }

    private static boolean drastic(Axis axis, double level, LevelTable table) {
        return drastic(
                new Axes(
                        axis == Axis.egress ? level : 0,
                        axis == Axis.origin ? level : 0,
                        axis == Axis.compute ? level : 0,
                        axis == Axis.availability ? level : 0),
                table);
    }

    private static void check(List<FieldError> errors, boolean fits, String field, String message) {
        if (!fits) {
            errors.add(new FieldError(field, message));
        }
    }
}
