package io.sluice.gateway.replays;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.gateway.geo.Countries;
import io.sluice.gateway.markets.Market;
import io.sluice.gateway.markets.Policy;
import io.sluice.gateway.pricing.Usage;
import io.sluice.gateway.selection.AllDown;
import io.sluice.gateway.selection.Candidate;
import io.sluice.gateway.selection.CdnStatus;
import io.sluice.gateway.selection.Hash64;
import io.sluice.gateway.selection.Snapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RehearsalTest {
    private static final int REQUESTS = 5000;
    private static final List<Candidate> CDNS = List.of(
            new Candidate("a", "http://a", 50, CdnStatus.UP),
            new Candidate("b", "http://b", 30, CdnStatus.UP),
            new Candidate("c", "http://c", 20, CdnStatus.UP));

    @Test
    void reproduces_what_the_selection_chose_live() {
        List<Rehearsal.Fate> fates = rehearsal().run(requests(1));
        Snapshot live = Snapshot.of(1, CDNS, AllDown.ANSWERING);
        for (int i = 0; i < REQUESTS; i++) {
            assertThat(fates.get(i).cdn()).isEqualTo(live.choose(hash(i), i));
        }
    }

    @Test
    void spreads_a_hot_key_as_the_control_loop_does() {
        List<Request> requests = new ArrayList<>(requests(1));
        requests.addAll(requests(0));
        List<Rehearsal.Fate> fates = rehearsal().run(requests);
        assertThat(fates.subList(REQUESTS + REQUESTS / 2, 2 * REQUESTS).stream()
                        .map(Rehearsal.Fate::cdn)
                        .distinct()
                        .count())
                .as("one key alone would have one CDN")
                .isGreaterThan(1);
    }

    private static Rehearsal rehearsal() {
        Market market = new Market(Market.STANDARD, 0, Instant.EPOCH, Policy.NONE);
        return new Rehearsal(CDNS, List.of(market), Map.of(), Usage.UNKNOWN, 1, new CacheModel(3, 6, 100));
    }

    /** @param step 0 for one key only */
    private static List<Request> requests(int step) {
        List<Request> requests = new ArrayList<>();
        for (int i = 0; i < REQUESTS; i++) {
            int second = (step == 0 ? REQUESTS : 0) + i;
            requests.add(new Request(second * 1000L, i * step, hash(i * step), Countries.UNKNOWN, i, 1000));
        }
        return requests;
    }

    private static long hash(int key) {
        return Hash64.of("/v/photos/" + key);
    }
}
