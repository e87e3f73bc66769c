package io.sluice.optimizer.steps;

import io.sluice.contracts.directive.Axes;
import io.sluice.contracts.directive.Directive;
import io.sluice.contracts.directive.Throttle;
import io.sluice.optimizer.directives.DirectiveContent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where a rollout comes from, or leads to.
 *
 * @param axes levels
 * @param throttle absent: none
 * @param endsAt when its first override ends
 */
public record Side(
        Axes axes, @Nullable Throttle throttle, @Nullable Instant endsAt) {
    static final Side NORMAL = new Side(Axes.NORMAL, null, null);

    static Side of(Directive directive) {
        return new Side(directive.axes(), directive.throttle(), directive.endsAt());
    }

    static Side of(DirectiveContent content) {
        return new Side(content.axes(), content.throttle(), content.endsAt());
    }

    /** Whether {@code other} lowers quality more, or throttles harder. */
    boolean isBelow(Side other) {
        return other.axes.egress() > axes.egress() || harder(throttle, other.throttle);
    }

    /** Whether {@code after} refuses requests that {@code before} lets pass. */
    static boolean harder(@Nullable Throttle before, @Nullable Throttle after) {
        if (after == null) {
            return false;
        }
        return before == null
                || after.rps() < before.rps()
                || after.burst() < before.burst()
                || shed(after) < shed(before);
    }

    private static int shed(Throttle throttle) {
        return throttle.shedBelowPriority() == null ? Integer.MAX_VALUE : throttle.shedBelowPriority();
    }
}
