package io.sluice.gateway.geo;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Where clients are. No data comes with Sluice: install Debian's tor-geoipdb, or name files of the same form or of MaxMind's. */
@ConfigMapping(prefix = "sluice.gateway.geo")
public interface GeoConfig {
    /** Rows {@code first,last,CC} of whole numbers in ascending order; a file that is not there leaves all countries unknown. */
    @WithDefault("/usr/share/tor/geoip")
    Path v4File();

    /** Rows {@code first,last,CC} of IPv6 addresses in ascending order; likewise. */
    @WithDefault("/usr/share/tor/geoip6")
    Path v6File();

    /** A MaxMind database (.mmdb) of countries of both families; where it is set, the two text files are not read. */
    Optional<Path> mmdbFile();

    /** Rows {@code CIDR,CC} that count before the two others, at most 256; a market of your own may use a code such as XA. */
    Optional<Path> overridesFile();

    /** How often the files are looked at for a change; they are read by a thread of their own. */
    @WithDefault("PT10S")
    Duration checkInterval();

    /** Proxies in front of this service, as CIDRs: only they are believed when they name the client. */
    Optional<List<String>> trustedProxies();

    /** The header in which they name it: {@code x-forwarded-for} or {@code forwarded} (RFC 7239). The other one is never read. */
    @WithDefault("x-forwarded-for")
    ClientHeader clientHeader();
}
