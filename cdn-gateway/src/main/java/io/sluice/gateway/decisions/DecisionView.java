package io.sluice.gateway.decisions;

import io.sluice.contracts.image.Fit;
import io.sluice.gateway.delivery.Decision;
import io.sluice.gateway.negotiation.FormatChoice;
import io.sluice.gateway.negotiation.Rendition;
import io.sluice.gateway.negotiation.SizeChoice;
import io.sluice.gateway.selection.Candidate;
import io.sluice.gateway.selection.CdnStatus;
import io.sluice.gateway.selection.Snapshot;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A decision with every step that led to it, as the API shows it. */
@Schema(name = "Decision")
record DecisionView(Source source, Selection selection, Format format, Size size, Quality quality, Level level) {

    /** What is known of the source. */
    @Schema(name = "DecisionSource")
    record Source(String collection, String oid, int width, int height, boolean alpha) {}

    /** Which CDN, and why. */
    @Schema(name = "DecisionSelection")
    record Selection(
            @Schema(description = "absent when no CDN may be used") @Nullable
            String cdn,

            @Schema(description = "where the client is sent; absent likewise, or when it refuses every format")
            @Nullable
            String location,

            @Schema(
                    description =
                            "send it to POST /outcomes of the delivery port with what became of it; absent like the"
                                    + " cdn, or when no votes are taken")
            @Nullable
            String decisionId,

            @Schema(description = "version of the set of CDNs")
            long snapshot,

            @Schema(description = "of the key, 0-4095") int bucket,

            @Schema(description = "none is healthy: static order is used")
            boolean panic,

            @Schema(description = "all CDNs in the order of this key")
            List<Ranked> ranking) {}

    /** A CDN in the order of this key. */
    @Schema(name = "DecisionRanked")
    record Ranked(
            String cdn,
            double weight,
            CdnStatus status,

            @Schema(description = "CHOSEN, ALTERNATE or SKIPPED")
            Role role) {}

    /** What a CDN is to this request. */
    enum Role {
        CHOSEN,
        ALTERNATE,
        SKIPPED
    }

    /** Which format, and why. */
    @Schema(name = "DecisionFormat")
    record Format(@Nullable String chosen, FormatChoice.Reason reason) {}

    /** Which size, where it comes from and what held it down; pixels, 0 for a free side. */
    @Schema(name = "DecisionSize")
    record Size(int width, int height, Fit fit, SizeChoice.Basis basis, SizeChoice.Limit limit) {}

    /** Which quality, 0 for a lossless format, and what lowered it. */
    @Schema(name = "DecisionQuality")
    record Quality(int chosen, int asked, boolean saveData, boolean directive) {}

    /** Level of the key and the directive it comes from. */
    @Schema(name = "DecisionLevel")
    record Level(
            int level,

            @Schema(description = "epoch-generation; absent without a directive") @Nullable
            String directive) {}

    /** @param id of the decision; null for one that nobody votes on */
    static DecisionView of(Decision decision, @Nullable String id) {
        Rendition rendition = decision.rendition();
        var facts = decision.facts();
        var force = decision.force();
        var format = rendition.format();
        var size = rendition.size();
        var quality = rendition.quality();
        return new DecisionView(
                new Source(facts.collection(), facts.oid(), facts.width(), facts.height(), facts.alpha()),
                selection(decision, id),
                new Format(
                        format == null ? null : format.token(),
                        rendition.chosenFormat().reason()),
                new Size(size.width(), size.height(), rendition.fit(), size.basis(), size.limit()),
                new Quality(quality.quality(), quality.asked(), quality.saveData(), quality.directive()),
                new Level(
                        decision.level(),
                        force == null
                                ? null
                                : force.directive().epoch() + "-"
                                        + force.directive().generation()));
    }

    private static Selection selection(Decision decision, @Nullable String id) {
        Snapshot snapshot = decision.snapshot();
        List<Ranked> ranking = new ArrayList<>();
        for (int place = 0; place < snapshot.size(); place++) {
            int cdn = snapshot.ranked(decision.bucket(), place);
            Candidate candidate = snapshot.candidate(cdn);
            Role role = cdn == decision.cdn()
                    ? Role.CHOSEN
                    : snapshot.admits(cdn, decision.bucket()) ? Role.ALTERNATE : Role.SKIPPED;
            ranking.add(new Ranked(candidate.name(), candidate.weight(), candidate.status(), role));
        }
        Candidate chosen = decision.cdn() == Snapshot.NONE ? null : snapshot.candidate(decision.cdn());
        String pathAndQuery = decision.pathAndQuery();
        return new Selection(
                chosen == null ? null : chosen.name(),
                chosen == null || pathAndQuery == null ? null : chosen.url() + pathAndQuery,
                id,
                snapshot.version(),
                decision.bucket(),
                snapshot.panic(),
                ranking);
    }
}
