package io.sluice.lfs.account;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Which account of GitHub, and how to ask for its bill. Without organisation or token nothing is pulled. */
@ConfigMapping(prefix = "sluice.lfs.github")
public interface GithubConfig {
    /** Base address of the REST API. */
    @WithDefault("https://api.github.com")
    URI url();

    /** Name of the organisation whose bill it is. */
    Optional<String> organisation();

    /** Token of an owner or billing manager, or one with the organisation permission "Administration" (read). */
    Optional<String> token();

    /** Value of {@code X-GitHub-Api-Version}. */
    @WithDefault("2022-11-28")
    String apiVersion();

    /** For one whole answer, from the connection to its last byte. */
    @WithDefault("PT30S")
    Duration timeout();

    /** An answer that is longer is refused; about 10,000 repositories make 5 MB. */
    @WithDefault("67108864")
    long maxAnswerBytes();
}
