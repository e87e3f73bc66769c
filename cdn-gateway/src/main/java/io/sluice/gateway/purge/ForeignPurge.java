package io.sluice.gateway.purge;

import io.sluice.platform.problem.ProblemException;
import java.util.Set;
import java.util.TreeSet;

/** 403: the token is confined to collections, and what it wants purged is not of them. */
final class ForeignPurge extends ProblemException {
    private static final long serialVersionUID = 1L;

    ForeignPurge(String token, String value, Set<String> collections) {
        super(
                403,
                "foreign-purge",
                "This is not yours to purge",
                "Token '" + token + "' may purge the tags col-{collection} and paths /v/{collection}/.. of "
                        + String.join(", ", new TreeSet<>(collections)) + ", not " + value + ".");
    }
}
