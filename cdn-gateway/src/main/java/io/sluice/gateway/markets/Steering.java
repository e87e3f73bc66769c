package io.sluice.gateway.markets;

/** How the traffic of a market is shared among the CDNs that are allowed, healthy and fast enough. */
public enum Steering {
    /** By their weights. */
    WEIGHTS,
    /** So that the bills grow least. */
    COST
}
