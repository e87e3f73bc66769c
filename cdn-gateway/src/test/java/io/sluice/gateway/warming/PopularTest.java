package io.sluice.gateway.warming;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.gateway.recording.Recorded;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PopularTest {
    private final List<Recorded> recorded = new ArrayList<>();

    @Test
    void ranks_by_how_often_an_address_was_asked_for_whatever_its_signature() {
        asked(0, "/v/a?k=1&s=x", "default");
        asked(1, "/v/b?k=1&s=y", "default");
        asked(2, "/v/b?k=2&s=z", "default");
        assertThat(Popular.top(recorded, null, 9, false)).containsExactly("/v/b", "/v/a");
        assertThat(Popular.top(recorded, null, 1, false)).containsExactly("/v/b");
    }

    @Test
    void counts_clients_of_one_market() {
        asked(0, "/v/a", "dach");
        asked(1, "/v/b", "default");
        assertThat(Popular.top(recorded, "dach", 9, false)).containsExactly("/v/a");
        assertThat(Popular.top(recorded, "nordics", 9, false)).isEmpty();
    }

    @Test
    void a_prediction_prefers_what_rises_and_drops_what_has_ended() {
        for (int i = 0; i < 10; i++) {
            asked(i, "/v/over", "default");
        }
        asked(0, "/v/steady", "default");
        asked(1, "/v/steady", "default");
        asked(90, "/v/steady", "default");
        asked(91, "/v/steady", "default");
        asked(92, "/v/rising", "default");
        asked(100, "/v/rising", "default");
        recorded.sort(java.util.Comparator.comparingLong(Recorded::epochMillis));
        assertThat(Popular.top(recorded, null, 9, false)).first().isEqualTo("/v/over");
        assertThat(Popular.top(recorded, null, 9, true)).containsExactly("/v/rising", "/v/steady");
    }

    private void asked(long millis, String address, String market) {
        recorded.add(new Recorded(millis, address, 1, 0, 1, market, "a"));
    }
}
