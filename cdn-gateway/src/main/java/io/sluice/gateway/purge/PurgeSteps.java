package io.sluice.gateway.purge;

import io.sluice.gateway.cdns.Cdn;
import io.sluice.gateway.jobs.AllowanceStore;
import io.sluice.gateway.jobs.Backoff;
import io.sluice.gateway.jobs.Claim;
import io.sluice.gateway.jobs.JobQueueStore;
import io.sluice.gateway.jobs.Lanes;
import io.sluice.gateway.vendors.Allowance;
import io.sluice.gateway.vendors.PurgeApi;
import io.sluice.gateway.vendors.PurgeCall;
import io.sluice.gateway.vendors.PurgeOperation;
import io.sluice.gateway.vendors.VendorOutcome;
import io.sluice.gateway.vendors.VendorReply;
import io.sluice.gateway.vendors.VendorRequest;
import io.sluice.gateway.vendors.Vendors;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** One step of one claimed call: send it, ask how far it is, or fetch what was purged. */
@Singleton
class PurgeSteps implements Lanes.Steps<PurgeCall> {
    private static final Duration POLL = Duration.ofSeconds(2);
    private static final Duration NO_WAIT = Duration.ZERO;
    private static final int MAX_CHECKS = 4;
    private static final int MAX_POLLS = 900;

    private final JobQueueStore<PurgeCall> queue;
    private final AllowanceStore allowances;
    private final Vendors vendors;
    private final PurgeConfig config;
    private final InstantSource clock;
    private final Backoff backoff;
    private final PurgeMeters meters;

    PurgeSteps(
            PurgeStore store,
            AllowanceStore allowances,
            Vendors vendors,
            PurgeConfig config,
            InstantSource clock,
            RandomGenerator random,
            PurgeMeters meters) {
        this.queue = store.queue();
        this.allowances = allowances;
        this.vendors = vendors;
        this.config = config;
        this.clock = clock;
        this.backoff = new Backoff(config.backoff(), random);
        this.meters = meters;
    }

    @Override
    public boolean oneAtATime(Cdn cdn) {
        return vendors.of(cdn).oneAtATime();
    }

    @Override
    public Uni<Duration> take(Cdn cdn, Claim<PurgeCall> call) {
        PurgeApi api = vendors.of(cdn);
        return switch (call.step()) {
            case WAITING -> allowed(cdn, api, call);
            case ACCEPTED -> ask(cdn, api, call).replaceWith(NO_WAIT);
            case VERIFYING -> verify(cdn, call).replaceWith(NO_WAIT);
        };
    }

    private Uni<Duration> allowed(Cdn cdn, PurgeApi api, Claim<PurgeCall> call) {
        Allowance allowance = api.allowance(cdn, call.what());
        return allowances
                .take(allowance)
                .chain(wait -> wait.isZero()
                        ? send(cdn, api, call, allowance).replaceWith(NO_WAIT)
                        : queue.later(call, call.attempts(), wait, null).replaceWith(wait));
    }

    private Uni<Void> send(Cdn cdn, PurgeApi api, Claim<PurgeCall> call, Allowance allowance) {
        String reference = "sluice-" + call.job() + "-" + call.id();
        return answer(() -> api.request(cdn, call.what(), reference, clock.instant()), api)
                .invoke(outcome -> meters.called(cdn.name(), outcome))
                .chain(outcome -> switch (outcome) {
                    case VendorOutcome.Accepted(String id, boolean underWay) ->
                        underWay ? queue.accepted(call, Claim.Step.ACCEPTED, POLL, id) : complete(call, id);
                    case VendorOutcome.Later(Optional<Duration> after, String reason) ->
                        after.map(pause -> allowances.block(allowance, pause))
                                .orElse(Uni.createFrom().voidItem())
                                .chain(() -> again(call, after, reason));
                    case VendorOutcome.Refused(String reason) -> queue.failed(call, reason);
                });
    }

    private Uni<Void> ask(Cdn cdn, PurgeApi api, Claim<PurgeCall> call) {
        String reference = String.valueOf(call.reference());
        return answer(() -> api.progress(cdn, reference, clock.instant()), api).chain(outcome -> switch (outcome) {
            case VendorOutcome.Accepted(String id, boolean underWay) when !underWay -> complete(call, id);
            case VendorOutcome.Accepted ignored ->
                call.attempts() >= MAX_POLLS
                        ? queue.failed(call, "taken, but never completed")
                        : queue.later(call, call.attempts() + 1, POLL, null);
            case VendorOutcome.Later(Optional<Duration> after, String reason) -> again(call, after, reason);
            case VendorOutcome.Refused(String reason) -> queue.failed(call, reason);
        });
    }

    /** The vendor is done: single addresses are looked at, the rest has nothing that one fetch could prove. */
    private Uni<Void> complete(Claim<PurgeCall> call, @Nullable String reference) {
        if (call.what().operation() != PurgeOperation.URL || call.what().soft()) {
            return queue.done(call, reference, null);
        }
        return call.step() == Claim.Step.WAITING
                ? queue.accepted(call, Claim.Step.VERIFYING, config.verifyAfter(), reference)
                : queue.verifying(call, config.verifyAfter());
    }

    private Uni<Void> verify(Cdn cdn, Claim<PurgeCall> call) {
        String path = call.what().values().getFirst();
        return vendors.head(cdn, path)
                .map(reply -> Evidence.of(reply, call.sinceAccepted()))
                .onFailure()
                .recoverWithItem(Evidence.UNKNOWN)
                .invoke(evidence -> meters.verified(cdn.name(), evidence))
                .chain(evidence -> {
                    if (evidence != Evidence.OLD) {
                        return queue.done(call, null, evidence);
                    }
                    String reason = path + " is still served from before the purge";
                    return call.attempts() + 1 >= MAX_CHECKS
                            ? queue.failed(call, reason)
                            : queue.later(call, call.attempts() + 1, backoff.after(call.attempts() + 1), reason);
                });
    }

    private Uni<Void> again(Claim<PurgeCall> call, Optional<Duration> after, String reason) {
        int attempts = call.attempts() + 1;
        return attempts >= config.maxAttempts()
                ? queue.failed(call, "gave up after " + attempts + " tries: " + reason)
                : queue.later(call, attempts, after.orElse(backoff.after(attempts)), reason);
    }

    private Uni<VendorOutcome> answer(Supplier<VendorRequest> request, PurgeApi api) {
        return Uni.createFrom()
                .deferred(() -> vendors.send(request.get()))
                .map((VendorReply reply) -> api.outcome(reply))
                .onFailure()
                .recoverWithItem(
                        failure -> new VendorOutcome.Later(Optional.empty(), "no answer: " + failure.getMessage()));
    }
}
