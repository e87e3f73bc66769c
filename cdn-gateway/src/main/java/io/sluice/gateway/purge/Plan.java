package io.sluice.gateway.purge;

import io.sluice.gateway.cdns.Cdn;
import io.sluice.gateway.vendors.PurgeCall;
import java.util.List;

/**
 * What a purge comes to at one CDN.
 *
 * @param cdn where
 * @param calls what is called there
 */
record Plan(Cdn cdn, List<PurgeCall> calls) {
    Plan {
        calls = List.copyOf(calls);
    }
}
