package io.sluice.gateway.dns;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Zones that PowerDNS answers by asking this service at {@code /dns} of the delivery port; without a zone there is no such path. */
@ConfigMapping(prefix = "sluice.gateway.dns")
public interface DnsConfig {
    /** The zones, by a word of your own. */
    Map<String, ZoneConfig> zones();

    /** Host name that leads to a CDN, by the CDN's name; without one it is the host of the CDN's URL. */
    Map<String, String> targets();

    /** Peers that may ask, as CIDRs: PowerDNS sends no credentials. A forwarded address is never read here. */
    @WithDefault("127.0.0.0/8,::1/128")
    List<String> allow();

    /** How long a resolver may keep an answer; seconds are what counts. */
    @WithDefault("PT30S")
    Duration ttl();

    /** A zone. */
    interface ZoneConfig {
        /** Its name, such as {@code cdn.example.org}. */
        String zone();

        /** Labels below it that lead to a CDN; {@code *} for every one. */
        List<String> names();

        /** Names of the servers that run PowerDNS, the primary first; outside the zone. */
        List<String> nameServers();

        /** How a name's CDN is chosen. */
        @WithDefault("leader")
        NameChoice choice();
    }
}
