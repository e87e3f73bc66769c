package io.sluice.contracts.directive;

import io.sluice.contracts.directive.DirectiveLease.InForce;
import io.sluice.contracts.directive.DirectiveLease.Offer;
import java.security.PublicKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A receiver's side of the protocol, without I/O: takes signed directives, refuses forged, outdated and contradictory ones,
 * renews leases, and gives the data plane one immutable {@link View}. Writers are serialised; {@link #view} is a volatile read.
 */
public final class DirectiveInbox {
    private final Map<String, PublicKey> keys;
    private final Function<byte[], Directive> reader;
    private final Map<String, SignedDirective> signed = new HashMap<>();
    private volatile View view = new View(Map.of());

    /**
     * @param keys key id to the optimizer's public key; without any, every directive is refused
     * @param reader parses a directive's JSON; its exceptions refuse the directive
     */
    public DirectiveInbox(Map<String, PublicKey> keys, Function<byte[], Directive> reader) {
        this.keys = Map.copyOf(keys);
        this.reader = reader;
    }

    /**
     * What became of an offered directive.
     *
     * @param offer null when it was refused before it could be judged: forged or unreadable
     * @param directive null likewise
     * @param message why it was refused, for the acknowledgement and the log; empty when it was taken
     */
    public record Receipt(@Nullable Offer offer, @Nullable Directive directive, String message) {
        /** Whether it is held now. */
        public boolean held() {
            return offer == Offer.TAKEN || offer == Offer.REPEATED;
        }
    }

    /** Takes a directive when it is genuine and newer than what is held of its scope; a repeated one renews the lease. */
    public synchronized Receipt offer(SignedDirective offered, long nowNanos) {
        Directive directive;
        try {
            directive = reader.apply(DirectiveSignatures.open(offered, keys));
        } catch (RuntimeException e) {
            return new Receipt(null, null, e.getMessage() == null ? "unreadable" : e.getMessage());
        }
        DirectiveLease held = view.leases.get(directive.scope());
        Offer offer = held == null ? Offer.TAKEN : held.judge(directive);
        if (offer == Offer.TAKEN || offer == Offer.REPEATED) {
            Map<String, DirectiveLease> leases = new HashMap<>(view.leases);
            leases.put(directive.scope(), new DirectiveLease(directive, nowNanos));
            signed.put(directive.scope(), offered);
            view = new View(leases);
        }
        return new Receipt(
                offer,
                directive,
                switch (offer) {
                    case TAKEN, REPEATED -> "";
                    case OUTDATED -> "outdated: " + position(held) + " is held";
                    case SPLIT_BRAIN -> "split brain: " + position(held) + " is held with another content";
                });
    }

    /**
     * Renews every lease.
     *
     * @return whether what is held is what the optimizer has; when not, read {@code GET /api/v1/directives}
     */
    public synchronized boolean heartbeat(StreamHeartbeat beat, long nowNanos) {
        Map<String, DirectiveLease> leases = new HashMap<>();
        view.leases.forEach((scope, lease) -> leases.put(scope, lease.heartbeat(beat.epoch(), nowNanos)));
        view = new View(leases);
        return beat.digest().equals(digest());
    }

    /** Digest of what is held; compares with {@link StreamHeartbeat#digest} and the ETag of the set. */
    public String digest() {
        return DirectiveSet.digestOf(
                view.leases.values().stream().map(DirectiveLease::directive).toList());
    }

    /** What is in force; read it once per request. */
    public View view() {
        return view;
    }

    /** What a receiver writes to disk, so that a restart without the optimizer keeps both level and expiry. */
    public synchronized List<Held> save(long nowNanos) {
        List<Held> all = new ArrayList<>();
        signed.forEach((scope, directive) -> {
            DirectiveLease lease = view.leases.get(scope);
            if (lease != null) {
                all.add(new Held(directive, Duration.ofNanos(nowNanos - lease.renewedNanos())));
            }
        });
        return all;
    }

    /**
     * Takes up what {@link #save} wrote.
     *
     * @param asleep how long ago that was; negative counts as 0
     */
    public synchronized void restore(List<Held> saved, Duration asleep, long nowNanos) {
        for (Held held : saved) {
            long age = held.age().toNanos() + Math.max(0, asleep.toNanos());
            offer(held.directive(), nowNanos - age);
        }
    }

    /**
     * A held directive and how old its lease was.
     *
     * @param directive as it came
     * @param age since the last sign of life
     */
    public record Held(SignedDirective directive, Duration age) {}

    /** Everything in force at one moment; immutable. */
    public static final class View {
        private final Map<String, DirectiveLease> leases;

        private View(Map<String, DirectiveLease> leases) {
            this.leases = Map.copyOf(leases);
        }

        /** The lease of exactly this scope. */
        public Optional<DirectiveLease> lease(String scope) {
            return Optional.ofNullable(leases.get(scope));
        }

        /** What is in force for a collection: its own directive, else the global one; empty means normal. */
        public Optional<InForce> of(String collection, long nowNanos) {
            DirectiveLease lease =
                    leases.size() > 1 ? leases.get(Directive.scopeOf(collection)) : leases.get(Directive.GLOBAL);
            if (lease == null) {
                lease = leases.get(Directive.GLOBAL);
            }
            if (lease == null) {
                lease = leases.get(Directive.scopeOf(collection));
            }
            return lease == null ? Optional.empty() : Optional.of(lease.at(nowNanos));
        }

        /** All leases, by scope. */
        public Map<String, DirectiveLease> leases() {
            return leases;
        }
    }

    private static String position(@Nullable DirectiveLease held) {
        return held == null
                ? "nothing"
                : "epoch " + held.directive().epoch() + ", generation "
                        + held.directive().generation();
    }
}
