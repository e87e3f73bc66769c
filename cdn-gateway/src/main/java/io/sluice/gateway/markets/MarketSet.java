package io.sluice.gateway.markets;

import java.util.ArrayList;
import java.util.List;

/**
 * All markets at one moment.
 *
 * @param markets the default one first, the others by name
 */
public record MarketSet(List<Market> markets) {
    /** Most markets that there may be. */
    public static final int MAX = 64;

    public MarketSet {
        List<Market> sorted = new ArrayList<>(markets);
        if (sorted.stream().noneMatch(market -> market.name().equals(Market.STANDARD))) {
            sorted.add(Market.standard());
        }
        sorted.sort(
                java.util.Comparator.comparing((Market market) -> !market.name().equals(Market.STANDARD))
                        .thenComparing(Market::name));
        markets = List.copyOf(sorted);
    }
}
