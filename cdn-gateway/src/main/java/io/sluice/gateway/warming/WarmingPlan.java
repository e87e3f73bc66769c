package io.sluice.gateway.warming;

import io.sluice.gateway.cdns.Cdn;
import java.util.List;

/**
 * What a warming comes to.
 *
 * @param source what said what to fetch, for a person
 * @param paths without signatures
 * @param cdns each is asked for each path
 * @param rate fetches a second
 */
record WarmingPlan(String source, List<String> paths, List<Cdn> cdns, double rate) {
    WarmingPlan {
        paths = List.copyOf(paths);
        cdns = List.copyOf(cdns);
    }
}
