package io.sluice.gateway.purge;

import io.sluice.gateway.cdns.Cdn;
import io.sluice.gateway.cdns.CdnDirectory;
import io.sluice.gateway.jobs.Named;
import io.sluice.gateway.vendors.PurgeApi;
import io.sluice.gateway.vendors.PurgeCall;
import io.sluice.gateway.vendors.Vendors;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checks what is asked for, plans it, and puts it into the queue. */
@Singleton
class Purges {
    private static final int SHOWN = 3;

    private final CdnDirectory directory;
    private final Vendors vendors;
    private final PurgeStore store;
    private final PurgeWorker worker;
    private final PurgeRights rights;
    private final PurgeConfig config;
    private final InstantSource clock;

    Purges(
            CdnDirectory directory,
            Vendors vendors,
            PurgeStore store,
            PurgeWorker worker,
            PurgeRights rights,
            PurgeConfig config,
            InstantSource clock) {
        this.directory = directory;
        this.vendors = vendors;
        this.store = store;
        this.worker = worker;
        this.rights = rights;
        this.config = config;
        this.clock = clock;
    }

    /** Puts a purge into the queue; the same key with the same request gives the same job. */
    Uni<PurgeView> create(PurgeRequest request, String token, @Nullable String key) {
        Scope scope = scope(request, token);
        boolean soft = Boolean.TRUE.equals(request.soft());
        List<Plan> plans = plans(request, scope, soft);
        return store.create(scope, soft, token, key, digest(scope, soft, plans), plans)
                .invoke(worker::wake)
                .chain(store::find)
                .map(Optional::orElseThrow);
    }

    DryRun dryRun(PurgeRequest request, String token) {
        Scope scope = scope(request, token);
        return new DryRun(plans(request, scope, Boolean.TRUE.equals(request.soft())).stream()
                .map(this::described)
                .toList());
    }

    private Scope scope(PurgeRequest request, String token) {
        List<String> bases = directory.current().cdns().stream().map(Cdn::url).toList();
        Scope scope = Scope.of(request, bases, config.maxValues());
        rights.check(token, scope);
        return scope;
    }

    private List<Plan> plans(PurgeRequest request, Scope scope, boolean soft) {
        return Named.cdns(directory.current(), request.cdns()).stream()
                .map(cdn -> new Plan(cdn, vendors.of(cdn).calls(cdn, scope.operation(), scope.values(), soft)))
                .toList();
    }

    private DryRun.AtCdn described(Plan plan) {
        PurgeApi api = vendors.of(plan.cdn());
        PurgeCall first = plan.calls().getFirst();
        double seconds =
                api.allowance(plan.cdn(), first).secondsFor(plan.calls().size());
        return new DryRun.AtCdn(
                plan.cdn().name(),
                plan.calls().size(),
                first.soft(),
                Duration.ofSeconds((long) Math.ceil(seconds)),
                plan.calls().stream().mapToInt(api::billedPaths).sum(),
                plan.calls().stream()
                        .limit(SHOWN)
                        .map(call -> unsigned(api.request(plan.cdn(), call, "sluice-dry-run", clock.instant())
                                .toString()))
                        .toList());
    }

    /** A dry run hands out no signature. */
    private static String unsigned(String request) {
        return request.replaceAll("(\\?k=[^&]*&s=)\\S*", "$1..");
    }

    private static String digest(Scope scope, boolean soft, List<Plan> plans) {
        String text = scope.operation() + "\n" + soft + "\n"
                + plans.stream().map(plan -> plan.cdn().name()).sorted().toList() + "\n"
                + String.join("\n", scope.values());
        return Named.digest(text);
    }
}
