package io.sluice.gateway.dns;

import io.sluice.gateway.geo.Ip;
import io.sluice.gateway.selection.Candidate;
import java.net.URI;
import java.util.Map;

/**
 * Where a name leads.
 *
 * @param type CNAME, or A or AAAA when a CDN is known by its address only
 * @param content as of the type; a name ends with a dot
 */
record Target(String type, String content) {
    /** @param targets host names by CDN, which count before the host of its URL */
    static Target of(Candidate cdn, Map<String, String> targets) {
        String named = targets.get(cdn.name());
        String host = named == null ? String.valueOf(URI.create(cdn.url()).getHost()) : named;
        Ip ip = Ip.parse(host);
        if (ip == null) {
            return new Target("CNAME", Zone.plain(host) + ".");
        }
        return ip.isV4() ? new Target("A", host) : new Target("AAAA", host.replaceAll("[\\[\\]]", ""));
    }
}
