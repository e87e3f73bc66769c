package io.sluice.gateway.delivery;

import io.sluice.gateway.geo.Countries;
import io.sluice.gateway.negotiation.Rendition;
import io.sluice.gateway.selection.Candidate;
import io.sluice.gateway.selection.Snapshot;

/** A decision in one line, for the header {@code Sluice-Decision}. */
final class DecisionText {
    private DecisionText() {}

    static String of(Decision decision) {
        Snapshot snapshot = decision.snapshot();
        Rendition rendition = decision.rendition();
        StringBuilder text = new StringBuilder(160)
                .append("v=")
                .append(snapshot.version())
                .append("; market=")
                .append(snapshot.market())
                .append("; country=")
                .append(Countries.code(decision.country()))
                .append("; bucket=")
                .append(decision.bucket())
                .append("; cdn=")
                .append(
                        decision.cdn() == Snapshot.NONE
                                ? "none"
                                : snapshot.candidate(decision.cdn()).name());
        if (snapshot.panic()) {
            text.append("; panic");
        }
        if (snapshot.isHot(decision.facts().hash())) {
            text.append("; hot");
        } else if (snapshot.explores(decision.bucket())) {
            text.append("; explored");
        }
        for (int place = 0; place < snapshot.size(); place++) {
            int cdn = snapshot.ranked(decision.bucket(), place);
            if (cdn == decision.cdn()) {
                break;
            }
            Candidate skipped = snapshot.candidate(cdn);
            text.append("; skipped=").append(skipped.name()).append(':').append(skipped.status());
        }
        return text.append("; format=")
                .append(rendition.chosenFormat().reason())
                .append("; size=")
                .append(rendition.size().basis())
                .append('/')
                .append(rendition.size().limit())
                .append("; quality=")
                .append(rendition.quality().quality())
                .append('/')
                .append(rendition.quality().asked())
                .append("; level=")
                .append(decision.level())
                .toString();
    }
}
