package io.sluice.gateway.delivery;

import io.sluice.contracts.directive.DirectiveLease.InForce;
import io.sluice.gateway.catalogue.SourceFacts;
import io.sluice.gateway.negotiation.Rendition;
import io.sluice.gateway.selection.Snapshot;
import org.jspecify.annotations.Nullable;

/**
 * What a request for a known source is answered, and everything that led to it.
 *
 * @param facts of the source
 * @param rendition format, size and quality
 * @param pathAndQuery signed address on any CDN; null when the client refuses every format
 * @param country of the client, as of {@link io.sluice.gateway.geo.Countries}
 * @param snapshot of its market that was read
 * @param bucket of the key
 * @param client a number that stays the same for a client
 * @param cdn index in the snapshot, or {@link Snapshot#NONE}
 * @param force directive in force; null for none
 * @param level of the key
 */
public record Decision(
        SourceFacts facts,
        Rendition rendition,
        @Nullable String pathAndQuery,
        int country,
        Snapshot snapshot,
        int bucket,
        long client,
        int cdn,
        @Nullable InForce force,
        int level) {}
