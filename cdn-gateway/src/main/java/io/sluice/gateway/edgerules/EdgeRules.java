package io.sluice.gateway.edgerules;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The rules in the order in which they are asked; the first that matches holds.
 *
 * @param version grows with each change; 0: the rules Sluice comes with
 * @param rules 1-64, names unique
 */
record EdgeRules(long version, List<EdgeRule> rules) {
    /** Images under content addresses for a year, audio for 30 days, answers of APIs for five minutes. */
    static final EdgeRules FIRST = new EdgeRules(
            0,
            List.of(
                    new EdgeRule(
                            "images",
                            "/v/",
                            List.of("avif", "webp", "jpg", "png", "gif"),
                            Duration.ofDays(365),
                            Duration.ofDays(365),
                            Duration.ofDays(1),
                            Duration.ofDays(7),
                            true),
                    new EdgeRule(
                            "audio",
                            "/",
                            List.of("mp3", "m4a", "ogg", "opus", "flac", "wav"),
                            Duration.ofDays(1),
                            Duration.ofDays(30),
                            Duration.ofDays(1),
                            Duration.ofDays(7),
                            false),
                    new EdgeRule(
                            "api",
                            "/api/",
                            List.of(),
                            Duration.ZERO,
                            Duration.ofMinutes(5),
                            Duration.ofMinutes(1),
                            Duration.ofHours(1),
                            false)));

    private static final int MOST = 64;

    EdgeRules {
        rules = List.copyOf(rules);
        if (rules.isEmpty() || rules.size() > MOST) {
            throw new IllegalArgumentException("1-" + MOST + " rules are needed");
        }
        Set<String> names = new HashSet<>();
        for (EdgeRule rule : rules) {
            if (!names.add(rule.name())) {
                throw new IllegalArgumentException("names must differ, two are " + rule.name());
            }
        }
    }

    /** The rule of a path, which comes without a query. */
    Optional<EdgeRule> of(String path) {
        return rules.stream().filter(rule -> rule.matches(path)).findFirst();
    }
}
