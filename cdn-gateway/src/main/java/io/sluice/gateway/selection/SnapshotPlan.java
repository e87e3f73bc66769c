package io.sluice.gateway.selection;

import java.util.List;

/**
 * What a snapshot is made of.
 *
 * @param market its name
 * @param version of the set of CDNs and markets
 * @param candidates at most {@value Snapshot#MAX_CDNS}, in the order of the rendezvous
 * @param shares of traffic that they should have, at least 0; only their proportions count
 * @param allDown what to do when none is healthy
 * @param exploration of a CDN without a share
 * @param traffic takes the counts of this market
 */
public record SnapshotPlan(
        String market,
        long version,
        List<Candidate> candidates,
        List<Double> shares,
        AllDown allDown,
        Exploration exploration,
        Traffic traffic) {
    public SnapshotPlan {
        if (candidates.size() > Snapshot.MAX_CDNS || candidates.size() != shares.size()) {
            throw new IllegalArgumentException("at most " + Snapshot.MAX_CDNS + " CDNs, each with a share");
        }
        candidates = List.copyOf(candidates);
        shares = List.copyOf(shares);
    }
}
