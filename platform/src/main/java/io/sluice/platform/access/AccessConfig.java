package io.sluice.platform.access;

import io.smallrye.config.ConfigMapping;
import java.util.Map;
import java.util.Set;

/** Tokens that this service knows. */
@ConfigMapping(prefix = "sluice.access")
interface AccessConfig {
    /** By a name that shows up in audit and logs. */
    Map<String, Token> tokens();

    /** One token. */
    interface Token {
        /** SHA-256 of the token in hex; the token itself is nowhere. */
        String sha256();

        /** Of {@code viewer}, {@code operator}, {@code service}. */
        Set<String> roles();
    }
}
