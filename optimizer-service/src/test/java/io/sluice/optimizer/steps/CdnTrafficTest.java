package io.sluice.optimizer.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.optimizer.steps.Guards.Served;
import org.junit.jupiter.api.Test;

class CdnTrafficTest {
    @Test
    void cdns_count_by_their_requests() throws JsonProcessingException {
        Served served = sum("""
                [{"cdn":"a","requests":900,"errorRatio":0.01,"p95Seconds":0.1},
                 {"cdn":"b","requests":100,"errorRatio":0.11,"p95Seconds":0.2},
                 {"cdn":"idle","requests":0}]""");
        assertThat(served.requests()).isEqualTo(1000);
        assertThat(served.errorRatio()).isCloseTo(0.02, within(1e-9));
        assertThat(served.p95Seconds()).isCloseTo(0.11, within(1e-9));
    }

    @Test
    void figures_that_make_no_sense_count_nothing() throws JsonProcessingException {
        Served served = sum("""
                [{"requests":"many","errorRatio":-3,"p95Seconds":null},{"requests":-5,"errorRatio":7},{}]""");
        assertThat(served).isEqualTo(new Served(0, 0, null));
        assertThat(sum("{}")).isEqualTo(new Served(0, 0, null));
    }

    private static Served sum(String items) throws JsonProcessingException {
        return CdnTraffic.sum(new ObjectMapper().readTree(items));
    }
}
