package io.sluice.image.origin;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** From where images may be fetched. */
@ConfigMapping(prefix = "sluice.image.sources")
interface OriginsConfig {
    /** HTTP origins by name; without any nothing is fetched by URL. */
    Map<String, Origin> origins();

    /** Git LFS servers by name, asked in the order of their names for an oid that is not here. */
    Map<String, Lfs> lfs();

    /** Time for one image, redirects included. */
    @WithDefault("PT30S")
    Duration timeout();

    /** Most fetches at a time. */
    @WithDefault("8")
    int fetches();

    /** An HTTP origin. */
    interface Origin {
        /** Scheme, host, port and first part of the path that a URL must have. */
        URI url();

        /** Whether its host may be in a private network. */
        @WithDefault("false")
        boolean allowPrivate();
    }

    /** A Git LFS server. */
    interface Lfs {
        /** Base address, {@code https://{host}/{repository}.git/info/lfs}; its own network is trusted. */
        URI url();

        /** For Basic authentication, together with the password. */
        Optional<String> username();

        /** Password or personal access token. */
        Optional<String> password();

        /** For Bearer authentication, instead of the two. */
        Optional<String> token();

        /** Whether objects may lie in a private network on another host than the server's. */
        @WithDefault("false")
        boolean allowPrivate();
    }
}
