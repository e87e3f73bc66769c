package io.sluice.gateway.cdns;

import java.util.List;

/**
 * All CDNs at one moment.
 *
 * @param version grows with each change
 * @param cdns by name
 */
public record CdnSet(long version, List<Cdn> cdns) {
    public CdnSet {
        cdns = List.copyOf(cdns);
    }

    /** Their names. */
    public List<String> names() {
        return cdns.stream().map(Cdn::name).toList();
    }
}
