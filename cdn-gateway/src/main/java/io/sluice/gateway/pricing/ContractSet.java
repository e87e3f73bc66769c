package io.sluice.gateway.pricing;

import java.util.Map;

/**
 * All contracts at one moment.
 *
 * @param byCdn by the name of the CDN
 */
public record ContractSet(Map<String, Contract> byCdn) {
    public ContractSet {
        byCdn = Map.copyOf(byCdn);
    }
}
