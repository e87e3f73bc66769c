package io.sluice.image.delivery;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The keys that sign variant addresses; cdn-gateway has the same. */
@ConfigMapping(prefix = "sluice.signing")
interface SigningConfig {
    /** Id of the key that signs the redirects. */
    Optional<String> active();

    /** Key id to secret, base64, at least 16 bytes; all of them are accepted. */
    Map<String, String> keys();

    /**
     * Instead of both: a file of Java properties, {@code active=<kid>} and {@code keys.<kid>=<base64>}, read again within 2 s of
     * a change. Replace it by a rename. One that cannot be used is refused and the former keys stay.
     */
    Optional<Path> file();
}
