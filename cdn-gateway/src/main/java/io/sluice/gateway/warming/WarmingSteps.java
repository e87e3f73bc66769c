package io.sluice.gateway.warming;

import io.sluice.gateway.cdns.Cdn;
import io.sluice.gateway.directives.Directives;
import io.sluice.gateway.jobs.AllowanceStore;
import io.sluice.gateway.jobs.Backoff;
import io.sluice.gateway.jobs.Claim;
import io.sluice.gateway.jobs.JobQueueStore;
import io.sluice.gateway.jobs.Lanes;
import io.sluice.gateway.vendors.Allowance;
import io.sluice.gateway.vendors.CacheAnswer;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpMethod;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/** One step of one fetch: fetch it, or ask once more whether it stayed. No fetch without a token of each bucket. */
@Singleton
class WarmingSteps implements Lanes.Steps<WarmingFetch> {
    /** What the names of all buckets of warmings begin with. */
    static final String BUCKETS = "warming/";

    private static final String BYTES = BUCKETS + "bytes";

    private final WarmingStore store;
    private final JobQueueStore<WarmingFetch> queue;
    private final AllowanceStore allowances;
    private final EdgeFetch edges;
    private final Directives directives;
    private final WarmingConfig config;
    private final Backoff backoff;
    private final WarmingMeters meters;

    WarmingSteps(
            WarmingStore store,
            AllowanceStore allowances,
            EdgeFetch edges,
            Directives directives,
            WarmingConfig config,
            RandomGenerator random,
            WarmingMeters meters) {
        this.store = store;
        this.queue = store.queue();
        this.allowances = allowances;
        this.edges = edges;
        this.directives = directives;
        this.config = config;
        this.backoff = new Backoff(config.backoff(), random);
        this.meters = meters;
    }

    @Override
    public Uni<Duration> take(Cdn cdn, Claim<WarmingFetch> call) {
        return switch (call.step()) {
            case WAITING -> allowed(cdn, call);
            case ACCEPTED, VERIFYING -> probe(cdn, call).replaceWith(Duration.ZERO);
        };
    }

    private Uni<Duration> allowed(Cdn cdn, Claim<WarmingFetch> call) {
        String[] parts = call.what().path().split("/", 4);
        String collection = parts.length > 2 ? parts[2] : "";
        if (Directives.warmingPaused(directives.inForce(collection))) {
            return queue.later(call, call.attempts(), config.pause(), "a directive pauses warming, to spare the origin")
                    .replaceWith(Duration.ZERO);
        }
        Uni<Duration> wait = Uni.createFrom().item(Duration.ZERO);
        for (Allowance bucket : List.of(ofJob(call), requests(), bytes())) {
            wait = wait.chain(before ->
                    before.isZero() ? allowances.take(bucket) : Uni.createFrom().item(before));
        }
        return wait.chain(pause -> pause.isZero()
                ? fetch(cdn, call).replaceWith(Duration.ZERO)
                : queue.later(call, call.attempts(), pause, null).replaceWith(pause));
    }

    private Uni<Void> fetch(Cdn cdn, Claim<WarmingFetch> call) {
        return edges.fetch(HttpMethod.GET, cdn, call.what().path())
                .onItemOrFailure()
                .transformToUni((fetched, failure) -> failure == null
                        ? conclude(cdn, call, fetched)
                        : again(call, "no answer: " + failure.getMessage()));
    }

    private Uni<Void> conclude(Cdn cdn, Claim<WarmingFetch> call, EdgeFetch.Fetched fetched) {
        Uni<Void> charged = allowances.charge(BYTES, (double) fetched.bytes());
        if (fetched.throttled()) {
            Duration pause = fetched.retryAfter().orElse(config.pause());
            return charged.chain(() -> allowances.block(requests(), pause))
                    .chain(() ->
                            again(call, "status " + fetched.status() + ": too much for the origin; all warmings wait"));
        }
        if (fetched.status() == 200) {
            meters.fetched(cdn.name(), fetched.answer(), fetched.bytes());
            return charged.chain(() -> store.note(call, fetched.answer(), fetched.bytes()))
                    .chain(() -> queue.accepted(call, Claim.Step.VERIFYING, config.probeAfter(), null));
        }
        if (fetched.status() >= 300 && fetched.status() < 400) {
            return charged.chain(() -> again(call, "status " + fetched.status() + ": the variant is not made yet"));
        }
        String reason = "status " + fetched.status();
        return charged.chain(() -> fetched.status() >= 500 ? again(call, reason) : queue.failed(call, reason));
    }

    private Uni<Void> probe(Cdn cdn, Claim<WarmingFetch> call) {
        return edges.fetch(HttpMethod.HEAD, cdn, call.what().path())
                .map(EdgeFetch.Fetched::answer)
                .onFailure()
                .recoverWithItem(CacheAnswer.UNKNOWN)
                .chain(after -> queue.done(call, null, after));
    }

    private Uni<Void> again(Claim<WarmingFetch> call, String reason) {
        int attempts = call.attempts() + 1;
        return attempts >= config.maxAttempts()
                ? queue.failed(call, "gave up after " + attempts + " tries: " + reason)
                : queue.later(call, attempts, backoff.after(attempts), reason);
    }

    private static Allowance ofJob(Claim<WarmingFetch> call) {
        double rate = call.what().rate();
        return new Allowance(BUCKETS + "job/" + call.job(), Math.max(1, rate), rate, 1);
    }

    private Allowance requests() {
        double rate = config.requestsPerSecond();
        return new Allowance(BUCKETS + "requests", Math.max(1, rate), rate, 1);
    }

    /** One byte must be left; what a fetch really took is charged when it is known. */
    private Allowance bytes() {
        return new Allowance(BYTES, config.bytesPerSecond(), config.bytesPerSecond(), 1);
    }
}
