package io.sluice.gateway.selection;

import java.util.List;

/**
 * Everything the data plane needs to choose a CDN for any client, immutable but for its counts: which market a country is in,
 * and a snapshot for each market.
 */
public final class RoutingTable {
    private final List<Snapshot> markets;
    private final byte[] marketOf;

    /**
     * @param markets a snapshot for each market, the default one first; at most 127
     * @param marketOf index of the market of each country
     */
    public RoutingTable(List<Snapshot> markets, byte[] marketOf) {
        this.markets = List.copyOf(markets);
        this.marketOf = marketOf.clone();
        for (byte market : marketOf) {
            if (market < 0 || market >= markets.size()) {
                throw new IllegalArgumentException("there is no market " + market);
            }
        }
    }

    /** Snapshot of the market of a country. */
    public Snapshot of(int country) {
        return markets.get(marketOf[country]);
    }

    /** A table with one market for all countries. */
    public static RoutingTable of(Snapshot snapshot, int countries) {
        return new RoutingTable(List.of(snapshot), new byte[countries]);
    }

    /** Snapshot of the default market. */
    public Snapshot standard() {
        return markets.getFirst();
    }

    /** All of them, the default one first. */
    public List<Snapshot> markets() {
        return markets;
    }
}
