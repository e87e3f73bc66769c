package io.sluice.contracts.directive;

import java.util.List;

/**
 * Body of {@code POST /api/v1/workers}: a receiver of directives makes itself known. Repeating it is harmless.
 *
 * @param id stable over restarts, for example {@code image-worker-0}; 1-64 of {@code 0-9 A-Z a-z . _ -}
 * @param bootId new with each start
 * @param service which service it is, for example {@code image-worker}: directives name their audience by it
 * @param version of the software
 * @param profiles encoder profiles it can make; empty for other services
 * @param levers what it can act on, for example {@code quality}, {@code throttle}, {@code cache}
 */
public record WorkerRegistration(
        String id, String bootId, String service, String version, List<String> profiles, List<String> levers) {

    public WorkerRegistration {
        if (!id.matches("[0-9A-Za-z._-]{1,64}")) {
            throw new IllegalArgumentException("id must be 1-64 of 0-9 A-Z a-z . _ -");
        }
        profiles = List.copyOf(profiles);
        levers = List.copyOf(levers);
    }
}
