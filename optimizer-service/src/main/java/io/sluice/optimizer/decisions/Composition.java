package io.sluice.optimizer.decisions;

import io.sluice.contracts.directive.Axes;
import io.sluice.contracts.directive.Directive;
import io.sluice.contracts.directive.Mix;
import io.sluice.optimizer.directives.DirectiveConfig;
import io.sluice.optimizer.directives.DirectiveContent;
import io.sluice.optimizer.levels.LevelTable;
import io.sluice.optimizer.levels.Levers;
import io.sluice.optimizer.overrides.LevelOverride;
import io.sluice.optimizer.policies.Axis;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a directive of a scope must say, given all verdicts and overrides; pure. Each axis is the largest of its verdicts, bent by
 * its overrides. A collection starts from what is global, because receivers take its directive instead of the global one.
 */
@ApplicationScoped
class Composition {
    private final LevelTable table;
    private final DirectiveConfig config;

    Composition(LevelTable table, DirectiveConfig config) {
        this.table = table;
        this.config = config;
    }

    DirectiveContent compose(String scope, Collection<Verdict> verdicts, Collection<LevelOverride> overrides) {
        Map<Axis, Double> levels = levels(scope, verdicts, overrides);
        Axes axes = new Axes(
                levels.getOrDefault(Axis.egress, 0.0),
                levels.getOrDefault(Axis.origin, 0.0),
                levels.getOrDefault(Axis.compute, 0.0),
                levels.getOrDefault(Axis.availability, 0.0));
        Levers levers = Levers.of(axes, table);
        List<LevelOverride> applying = overrides.stream()
                .filter(override -> concerns(override.scope(), scope))
                .toList();
        DirectiveConfig.Directives common = config.directives();
        return new DirectiveContent(
                scope,
                (int) common.lease().toSeconds(),
                applying.stream()
                        .map(LevelOverride::expiresAt)
                        .min(Comparator.naturalOrder())
                        .orElse(null),
                common.audience(),
                axes,
                axes.egress() == 0
                        ? Mix.normal(common.salt())
                        : Mix.of(axes.egress(), common.holdback(), common.salt()),
                levers.caps(),
                levers.throttle(),
                levers.cache(),
                null,
                reason(scope, axes, verdicts, applying),
                applying.isEmpty()
                        ? new Directive.Actor("CONTROLLER", "optimizer-service")
                        : new Directive.Actor("OPERATOR", applying.getLast().actor()));
    }

    private static Map<Axis, Double> levels(
            String scope, Collection<Verdict> verdicts, Collection<LevelOverride> overrides) {
        Map<Axis, Double> levels = new EnumMap<>(Axis.class);
        for (Axis axis : Axis.values()) {
            double inherited = scope.equals(Directive.GLOBAL)
                    ? 0
                    : levels(Directive.GLOBAL, verdicts, overrides).getOrDefault(axis, 0.0);
            double automatic = verdicts.stream()
                    .filter(verdict -> verdict.axis() == axis && verdict.scope().equals(scope))
                    .mapToDouble(Verdict::level)
                    .reduce(inherited, Math::max);
            List<LevelOverride> own = overrides.stream()
                    .filter(override ->
                            override.axis() == axis && override.scope().equals(scope))
                    .toList();
            levels.put(axis, LevelOverride.apply(automatic, own));
        }
        return levels;
    }

    /** Axes of a scope whose rise must not wait for steps: an operator has said so, or a budget would end too soon. */
    static Set<Axis> immediate(String scope, Collection<Verdict> verdicts, Collection<LevelOverride> overrides) {
        Set<Axis> axes = EnumSet.of(Axis.availability);
        overrides.stream()
                .filter(override -> override.immediate() && concerns(override.scope(), scope))
                .forEach(override -> axes.add(override.axis()));
        verdicts.stream()
                .filter(verdict -> concerns(verdict.scope(), scope) && verdict.urgent())
                .forEach(verdict -> axes.add(verdict.axis()));
        return axes;
    }

    private static boolean concerns(String scope, String directive) {
        return scope.equals(directive) || scope.equals(Directive.GLOBAL);
    }

    private static Directive.Reason reason(
            String scope, Axes axes, Collection<Verdict> verdicts, List<LevelOverride> overrides) {
        Optional<Verdict> binding = verdicts.stream()
                .filter(verdict -> concerns(verdict.scope(), scope) && verdict.level() > 0)
                .max(Comparator.comparingDouble(Verdict::level).thenComparing(Verdict::signalId));
        Map<String, Double> signals = new TreeMap<>(binding.map(Verdict::inputs).orElse(Map.of()));
        if (!overrides.isEmpty()) {
            LevelOverride newest = overrides.getLast();
            String text = String.format(
                    Locale.ROOT,
                    "%s %s of %s at %s by %s: %s",
                    newest.kind(),
                    newest.level(),
                    newest.axis(),
                    newest.scope(),
                    newest.actor(),
                    newest.reason());
            return new Directive.Reason("OVERRIDE", text, signals);
        }
        if (binding.isEmpty() || axes.equals(Axes.NORMAL)) {
            return new Directive.Reason("NORMAL", "everything fits", Map.of());
        }
        String code = switch (binding.get().axis()) {
            case egress -> "CDN_COST_PROJECTED";
            case origin -> "LFS_QUOTA_PROJECTED";
            case availability -> "ERROR_RATE";
            case compute -> "COMPUTE";
        };
        return new Directive.Reason(code, binding.get().text(), signals);
    }

    /** Every scope that needs a directive of its own. */
    static List<String> scopes(
            Collection<String> inForce, Collection<Verdict> verdicts, Collection<LevelOverride> overrides) {
        TreeMap<String, Boolean> scopes = new TreeMap<>();
        scopes.put(Directive.GLOBAL, true);
        inForce.forEach(scope -> scopes.put(scope, true));
        overrides.forEach(override -> scopes.put(override.scope(), true));
        verdicts.stream().filter(verdict -> verdict.level() > 0).forEach(verdict -> scopes.put(verdict.scope(), true));
        return List.copyOf(scopes.keySet());
    }
}
