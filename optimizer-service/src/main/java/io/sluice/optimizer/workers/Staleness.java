package io.sluice.optimizer.workers;

import io.sluice.contracts.directive.Ack;
import io.sluice.contracts.directive.Directive;
import io.sluice.optimizer.workers.WorkerView.Latest;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Since when a receiver does not have what is in force, and why.
 *
 * @param since when it began
 * @param why for a person
 */
record Staleness(Instant since, String why) {

    /** The first reason that applies; empty when the receiver has everything that is meant for it. */
    static Optional<Staleness> of(
            String service, Instant seenAt, boolean live, List<Latest> acks, Collection<Directive> inForce) {
        if (!live) {
            return Optional.of(new Staleness(seenAt, "silent: no sign of life since then"));
        }
        for (Directive directive : inForce) {
            if (!directive.audience().contains(service)) {
                continue;
            }
            Optional<Latest> latest = acks.stream()
                    .filter(ack -> ack.scope().equals(directive.scope()))
                    .findFirst();
            if (latest.isEmpty() || latest.get().generation() < directive.generation()) {
                return Optional.of(new Staleness(directive.issuedAt(), behind(directive, latest)));
            }
            Latest ack = latest.get();
            if (ack.status() == Ack.Status.REJECTED) {
                return Optional.of(new Staleness(ack.at(), "rejected " + name(directive) + ": " + ack.message()));
            }
            if (ack.status() == Ack.Status.RECEIVED) {
                return Optional.of(new Staleness(ack.at(), "received " + name(directive) + ", not applied yet"));
            }
        }
        return Optional.empty();
    }

    private static String behind(Directive directive, Optional<Latest> latest) {
        return name(directive) + " is in force, "
                + latest.map(ack -> "it acknowledged generation " + ack.generation())
                        .orElse("it has acknowledged none");
    }

    private static String name(Directive directive) {
        return "generation " + directive.generation() + " of " + directive.scope();
    }
}
