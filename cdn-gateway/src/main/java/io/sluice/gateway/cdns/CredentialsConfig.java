package io.sluice.gateway.cdns;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithParentName;
import java.util.Map;
import java.util.Optional;

/** Secrets that open the APIs of CDNs. They stay in memory: no table, file, log or answer has them. */
@ConfigMapping(prefix = "sluice.gateway.credentials")
public interface CredentialsConfig {
    /** By the name that a CDN refers to. */
    @WithParentName
    Map<String, Secret> byName();

    /** One secret: a token, or the three parts of an AWS key. */
    interface Secret {
        /** Token of Cloudflare, key of Fastly or Bunny, value of the header {@code Sluice-Purge} of an edge of one's own. */
        Optional<String> token();

        /** Id of an AWS key. */
        Optional<String> accessKeyId();

        /** Secret of an AWS key. */
        Optional<String> secretAccessKey();

        /** Token of a temporary AWS key. */
        Optional<String> sessionToken();
    }
}
