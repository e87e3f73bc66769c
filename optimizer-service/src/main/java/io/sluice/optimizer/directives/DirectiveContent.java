package io.sluice.optimizer.directives;

import io.sluice.contracts.directive.Axes;
import io.sluice.contracts.directive.CachePolicy;
import io.sluice.contracts.directive.Directive;
import io.sluice.contracts.directive.LevelCaps;
import io.sluice.contracts.directive.Mix;
import io.sluice.contracts.directive.Throttle;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A directive before it has an identity: everything receivers act on, and why.
 *
 * @param endsAt when the first override in it ends
 * @param rollout how far it has been rolled out; null: to all
 */
public record DirectiveContent(
        String scope,
        int leaseSeconds,
        @Nullable Instant endsAt,
        List<String> audience,
        Axes axes,
        Mix mix,
        SortedMap<Integer, LevelCaps> levels,
        @Nullable Throttle throttle,
        @Nullable CachePolicy cache,
        Directive.@Nullable Rollout rollout,
        Directive.Reason reason,
        Directive.Actor actor) {

    /**
     * SHA-256 over everything receivers act on, in a fixed order and spelling: neither why nor who nor when, so that the same
     * state has the same hash.
     */
    public String hash() {
        StringJoiner lines = new StringJoiner("\n", "", "\n")
                .add("scope " + scope)
                .add("lease " + leaseSeconds)
                .add("ends " + endsAt)
                .add("expiry " + Directive.OnExpiry.DECAY)
                .add("audience " + new TreeSet<>(audience))
                .add("axes " + axes.egress() + ' ' + axes.origin() + ' ' + axes.compute() + ' ' + axes.availability())
                .add("mix " + mix.lower() + ' ' + mix.upper() + ' ' + mix.upperFraction() + ' ' + mix.holdbackFraction()
                        + ' ' + mix.salt())
                .add("throttle " + throttle)
                .add("cache " + cache);
        levels.forEach((level, caps) -> lines.add("level " + level + ' ' + new TreeMap<>(caps.quality()) + ' '
                + caps.formats() + ' ' + caps.maxDimension() + ' ' + caps.maxDpr()));
        if (rollout != null) {
            lines.add("rollout " + rollout);
        }
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(lines.toString().getBytes(StandardCharsets.UTF_8));
            return "sha256:" + HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every Java platform", e);
        }
    }

    /** Makes it a directive. */
    public Directive as(UUID id, long epoch, long generation, Instant issuedAt) {
        return new Directive(
                id.toString(),
                scope,
                epoch,
                generation,
                hash(),
                issuedAt,
                leaseSeconds,
                endsAt,
                Directive.OnExpiry.DECAY,
                audience,
                axes,
                mix,
                levels,
                throttle,
                cache,
                List.of(),
                reason,
                actor,
                rollout);
    }
}
