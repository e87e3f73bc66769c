package io.sluice.gateway.decisions;

import io.sluice.gateway.delivery.Decision;
import io.sluice.gateway.geo.Countries;
import io.sluice.gateway.routing.MarketPlan;
import io.sluice.gateway.routing.PlannedCdn;
import io.sluice.gateway.selection.Candidate;
import io.sluice.gateway.selection.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A decision for a client, with every step and number. */
@Schema(name = "Explanation")
record Explanation(
        @Schema(description = "address it was decided for") String ip,

        @Schema(description = "ISO 3166-1 alpha-2; ?? when no range has the address")
        String country,

        String market,

        @Schema(description = "the steps in order, for a person")
        List<String> steps,

        DecisionView decision,

        @Schema(description = "shares of this market with the numbers that led to them; absent before the first plan")
        @Nullable
        MarketPlan plan) {

    static Explanation of(String ip, Decision decision, @Nullable MarketPlan plan) {
        String country = Countries.code(decision.country());
        Snapshot snapshot = decision.snapshot();
        List<String> steps = new ArrayList<>();
        steps.add(ip + " is in " + (country.equals("??") ? "no known country" : country) + ", hence in the market "
                + snapshot.market());
        steps.add("the key /v/" + decision.facts().collection() + "/"
                + decision.facts().oid() + " is in bucket " + decision.bucket() + " of " + Snapshot.BUCKETS);
        if (plan != null) {
            plan.cdns().forEach(cdn -> steps.add(planned(cdn)));
        }
        steps.add(how(decision));
        skipped(decision, steps);
        steps.add(
                decision.cdn() == Snapshot.NONE
                        ? "no CDN may be used"
                        : "chosen: " + snapshot.candidate(decision.cdn()).name());
        return new Explanation(ip, country, snapshot.market(), steps, DecisionView.of(decision, null), plan);
    }

    private static String planned(PlannedCdn cdn) {
        Double ttfb = cdn.ttfbMillis();
        Double perGb = cdn.perGb();
        return String.format(
                Locale.ROOT,
                "%s: %s, %s, next GB %s (%s), origin's quota adds %.4f, share %.1f %%",
                cdn.cdn(),
                cdn.status(),
                ttfb == null
                        ? "not measured enough to be judged by speed"
                        : String.format(Locale.ROOT, "%.0f ms, %s the band", ttfb, cdn.inBand() ? "in" : "out of"),
                perGb == null ? "must not be bought" : String.format(Locale.ROOT, "costs %.4f", perGb),
                cdn.price(),
                cdn.originPerGb(),
                cdn.share() * 100);
    }

    private static String how(Decision decision) {
        Snapshot snapshot = decision.snapshot();
        if (snapshot.isHot(decision.facts().hash())) {
            return "the key is one of the hottest: it is spread over the CDNs by client, so that the split is exact";
        }
        if (snapshot.explores(decision.bucket())) {
            return "the bucket is given to a CDN without a share for ten minutes, to keep its caches warm";
        }
        return snapshot.panic()
                ? "no CDN is healthy: health is ignored and static order used"
                : "the first CDN of the bucket's order that may be used takes it";
    }

    private static void skipped(Decision decision, List<String> steps) {
        Snapshot snapshot = decision.snapshot();
        for (int place = 0; place < snapshot.size(); place++) {
            int cdn = snapshot.ranked(decision.bucket(), place);
            if (cdn == decision.cdn()) {
                return;
            }
            Candidate candidate = snapshot.candidate(cdn);
            steps.add("passed over: " + candidate.name() + ", " + candidate.status());
        }
    }
}
