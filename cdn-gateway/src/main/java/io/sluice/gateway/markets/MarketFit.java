package io.sluice.gateway.markets;

import io.sluice.platform.problem.InvalidRequest;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** Whether a policy can be in force together with the CDNs and the other markets. */
public final class MarketFit {
    private MarketFit() {}

    /**
     * A market that is not in force.
     *
     * @throws InvalidRequest naming the field
     */
    public static Market of(String name, PolicyRequest body) {
        try {
            return new Market(name, 0, Instant.EPOCH, body.policy());
        } catch (IllegalArgumentException e) {
            String message = String.valueOf(e.getMessage());
            int space = message.indexOf(' ');
            throw new InvalidRequest(message.substring(0, space), message.substring(space + 1));
        }
    }

    /**
     * Checks it.
     *
     * @param all markets, one of the same name left out of account
     * @param cdns names of all CDNs
     * @throws InvalidRequest naming the field
     */
    public static void require(Market market, List<Market> all, List<String> cdns) {
        Policy policy = market.policy();
        List<String> allow = policy.allow();
        known("allow", allow == null ? List.of() : allow, cdns);
        known("deny", policy.deny(), cdns);
        known("weights", policy.weights().keySet().stream().toList(), cdns);
        if (!cdns.isEmpty() && cdns.stream().noneMatch(policy::allows)) {
            throw new InvalidRequest("deny", "must leave a CDN that may be used");
        }
        List<Market> others = all.stream()
                .filter(other -> !other.name().equals(market.name()))
                .toList();
        if (others.size() >= MarketSet.MAX) {
            throw new InvalidRequest("name", "would be one more than " + MarketSet.MAX + " markets");
        }
        for (Market other : others) {
            Stream<String> twice = policy.countries().stream()
                    .filter(country -> other.policy().countries().contains(country));
            twice.findFirst().ifPresent(country -> {
                throw new InvalidRequest("countries", country + " is in the market " + other.name() + " already");
            });
        }
    }

    private static void known(String field, List<String> named, List<String> cdns) {
        named.stream().filter(name -> !cdns.contains(name)).findFirst().ifPresent(name -> {
            throw new InvalidRequest(field, "names " + name + ", which is no CDN; there are: " + cdns);
        });
    }
}
