package io.sluice.gateway.edgerules;

import io.sluice.gateway.catalogue.ChangeRates.Seen;
import java.time.Duration;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** How long something should be kept, and why. Nothing is changed by it. */
@Schema(name = "TtlAdvice")
record TtlAdvice(
        @Schema(description = "redirect:{collection} for redirects of /img, rule:{name} for an edge rule")
        String subject,

        @Schema(description = "how long it is kept now: by clients for a redirect, by edges for a rule")
        Duration present,

        @Schema(description = "how long it should be kept; absent when nothing can be said") @Nullable
        Duration recommended,

        @Schema(description = "the reason with its numbers") String reason,

        @Schema(description = "sources that were watched; absent for a rule without any") @Nullable
        Long sources,

        @Schema(description = "of them, how often one got other bytes or was deleted") @Nullable
        Long changes,

        @Schema(description = "requests for them in that time") @Nullable
        Long requests,

        @Schema(description = "for how long they were watched, since this replica started") @Nullable
        Duration observed,

        @Schema(
                description =
                        "with the present time, requests that are answered by an old copy, 0-1; an upper bound without a change")
        @Nullable
        Double staleNow) {
    /** Requests that may be answered by an old copy. */
    static final double STALE_OBJECTIVE = 0.001;

    private static final Duration SHORTEST = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofDays(1);
    private static final Duration LEAST_OBSERVED = Duration.ofHours(1);

    /** Three events at most are missed with a probability of 5 % when none was seen (rule of three). */
    private static final double UNSEEN = 3;

    /**
     * For the redirects of a collection, which lead to the bytes that a name has now: kept for T, a copy is old for a part
     * rate * T / 2 of the requests.
     */
    static TtlAdvice redirects(Seen seen, Duration present) {
        String subject = "redirect:" + seen.collection();
        double sourceSeconds = seen.sources() * (double) seen.observed().toSeconds();
        if (seen.observed().compareTo(LEAST_OBSERVED) < 0 || seen.sources() == 0) {
            return of(
                    subject,
                    present,
                    null,
                    "watched for less than " + LEAST_OBSERVED + ": too little to say",
                    seen,
                    null);
        }
        boolean none = seen.changes() == 0;
        double rate = (none ? UNSEEN : seen.changes()) / sourceSeconds;
        double stale = Math.min(1, rate * present.toSeconds() / 2);
        long best = (long) (2 * STALE_OBJECTIVE / rate);
        Duration recommended = Duration.ofSeconds(Math.clamp(best, SHORTEST.toSeconds(), LONGEST.toSeconds()));
        String reason = String.format(
                Locale.ROOT,
                "%d changes of %d sources in %s: %s%.4f changes of a source a day; %s keeps old copies at %s %.2f %% of requests",
                seen.changes(),
                seen.sources(),
                seen.observed(),
                none ? "at most " : "",
                rate * 86_400,
                recommended,
                none ? "less than" : "about",
                100 * Math.min(1, rate * recommended.toSeconds() / 2));
        return of(subject, present, recommended, reason, seen, stale);
    }

    /** For a rule: what is at content addresses never changes; of the rest this service sees no changes. */
    static TtlAdvice rule(EdgeRule rule) {
        boolean immutable = rule.prefix().startsWith("/v/");
        return new TtlAdvice(
                "rule:" + rule.name(),
                rule.edge(),
                immutable ? Duration.ofDays(365) : null,
                immutable
                        ? "its addresses have the digest of the source: the same address has the same bytes for ever"
                        : "no change of what it serves is observed here, nor its share of 304: keep what was decided",
                null,
                null,
                null,
                null,
                immutable ? 0.0 : null);
    }

    private static TtlAdvice of(
            String subject,
            Duration present,
            @Nullable Duration recommended,
            String reason,
            Seen seen,
            @Nullable Double stale) {
        return new TtlAdvice(
                subject,
                present,
                recommended,
                reason,
                seen.sources(),
                seen.changes(),
                seen.requests(),
                seen.observed(),
                stale);
    }
}
