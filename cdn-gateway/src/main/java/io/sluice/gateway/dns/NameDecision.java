package io.sluice.gateway.dns;

import io.sluice.gateway.geo.GeoTable;
import io.sluice.gateway.geo.Ip;
import io.sluice.gateway.selection.Candidate;
import io.sluice.gateway.selection.CdnStatus;
import io.sluice.gateway.selection.Hash64;
import io.sluice.gateway.selection.RoutingTable;
import io.sluice.gateway.selection.Snapshot;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Decides where a name leads for a client's network: the market of the network, and the CDN that has the name there.
 *
 * @param target where to; null when no CDN may be used in that market
 * @param scope bits of the client's address that the answer rests on (RFC 7871): 0 when it is the same for everybody, else the
 *     fewest that are true, at least 1, so that a cache never gives it to everybody
 * @param panic whether no CDN is healthy
 */
record NameDecision(@Nullable Target target, int scope, boolean panic) {
    private static final int MAPPED_BITS = 96;

    /**
     * Decides.
     *
     * @param name in lower case
     * @param client an address of the network
     * @param bits of it that are known, of 32 or 128
     */
    static NameDecision of(
            String name,
            NameChoice choice,
            Ip client,
            int bits,
            RoutingTable routes,
            GeoTable geo,
            Function<Candidate, Target> targets) {
        Map<Snapshot, @Nullable Target> answers = new HashMap<>();
        for (Snapshot market : routes.markets()) {
            int cdn = choose(name, choice, market);
            answers.put(market, cdn == Snapshot.NONE ? null : targets.apply(market.candidate(cdn)));
        }
        Snapshot own = routes.of(geo.country(client));
        Target target = answers.get(own);
        if (answers.values().stream().allMatch(other -> Objects.equals(other, target))) {
            return new NameDecision(target, 0, own.panic());
        }
        int offset = client.isV4() ? MAPPED_BITS : 0;
        int widest =
                geo.widest(client, offset + bits, country -> Objects.equals(answers.get(routes.of(country)), target));
        return new NameDecision(target, Math.max(1, widest - offset), own.panic());
    }

    private static int choose(String name, NameChoice choice, Snapshot market) {
        int bucket = Snapshot.bucketOf(Hash64.of(name));
        int leader = Snapshot.NONE;
        for (int place = 0; choice == NameChoice.LEADER && place < market.size(); place++) {
            int cdn = market.ranked(bucket, place);
            boolean whole = market.panic() || market.candidate(cdn).status() == CdnStatus.UP;
            if (whole
                    && market.admits(cdn, bucket)
                    && (leader == Snapshot.NONE || market.share(cdn) > market.share(leader))) {
                leader = cdn;
            }
        }
        return leader == Snapshot.NONE ? market.choose(bucket) : leader;
    }
}
