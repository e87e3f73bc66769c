package io.sluice.gateway.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CdnHealthTest {
    private static final long SECOND = 1_000_000_000L;
    private static final ProbeResult GOOD = new ProbeResult.Good();
    private static final ProbeResult SILENT = new ProbeResult.Silent("refused");
    private static final ProbeResult WRONG = new ProbeResult.Wrong("status 502");
    private static final ProbeResult THROTTLED = new ProbeResult.Throttled();

    private final Watched cdn =
            new Watched(CdnHealthTest::breaker, () -> new SlowStart(300 * SECOND), () -> Instant.EPOCH);

    @Test
    void three_of_five_bad_probes_take_a_cdn_down_and_five_good_ones_bring_it_back() {
        probe(SILENT, SILENT, GOOD, GOOD);
        assertThat(cdn.health()).isEqualTo(Health.UP);
        probe(SILENT);
        assertThat(cdn.health()).isEqualTo(Health.UNREACHABLE);
        probe(GOOD, GOOD, GOOD, GOOD);
        assertThat(cdn.health()).isEqualTo(Health.UNREACHABLE);
        probe(GOOD);
        assertThat(cdn.health()).isEqualTo(Health.UP);
        assertThat(cdn.history())
                .containsExactly(
                        new Transition(Instant.EPOCH, Health.UP, Health.UNREACHABLE, "refused"),
                        new Transition(Instant.EPOCH, Health.UNREACHABLE, Health.UP, "good"));
    }

    @Test
    void two_bad_probes_in_five_are_forgiven() {
        for (int i = 0; i < 10; i++) {
            probe(SILENT, SILENT, GOOD, GOOD, GOOD);
        }
        assertThat(cdn.history()).isEmpty();
    }

    @Test
    void tells_one_that_answers_wrongly_from_one_that_does_not_answer() {
        probe(WRONG, WRONG, WRONG);
        assertThat(cdn.health()).isEqualTo(Health.FAILING);
        probe(SILENT);
        assertThat(cdn.health()).isEqualTo(Health.UNREACHABLE);
    }

    @Test
    void a_throttle_of_the_origin_says_nothing_of_the_cdn() {
        for (int i = 0; i < 100; i++) {
            probe(THROTTLED);
        }
        assertThat(cdn.health()).isEqualTo(Health.UP);
        probe(SILENT, THROTTLED, SILENT, THROTTLED, SILENT);
        assertThat(cdn.health()).isEqualTo(Health.UNREACHABLE);
    }

    @Test
    void a_fifth_of_twenty_failed_responses_opens_the_breaker() {
        Breaker breaker = breaker();
        assertThat(breaker.note(15, 3, 0)).as("too few to tell").isEqualTo(Breaker.State.CLOSED);
        assertThat(breaker.note(3, 1, 0)).as("18 %").isEqualTo(Breaker.State.CLOSED);
        assertThat(breaker.note(0, 1, 0)).isEqualTo(Breaker.State.OPEN);
    }

    @Test
    void the_breaker_forgets_what_is_older_than_ten_seconds() {
        Breaker breaker = breaker();
        breaker.note(0, 19, 0);
        assertThat(breaker.note(19, 1, 11 * SECOND)).isEqualTo(Breaker.State.CLOSED);
    }

    @Test
    void the_breaker_tries_again_closes_on_five_good_and_waits_twice_as_long_after_a_failure() {
        Breaker breaker = breaker();
        breaker.note(0, 20, 0);
        assertThat(breaker.state(29 * SECOND)).isEqualTo(Breaker.State.OPEN);
        assertThat(breaker.state(30 * SECOND)).isEqualTo(Breaker.State.TRIAL);
        assertThat(breaker.note(0, 1, 30 * SECOND)).isEqualTo(Breaker.State.OPEN);
        assertThat(breaker.state(89 * SECOND)).isEqualTo(Breaker.State.OPEN);
        assertThat(breaker.state(90 * SECOND)).isEqualTo(Breaker.State.TRIAL);
        assertThat(breaker.note(4, 0, 90 * SECOND)).isEqualTo(Breaker.State.TRIAL);
        assertThat(breaker.note(1, 0, 90 * SECOND)).isEqualTo(Breaker.State.CLOSED);
    }

    @Test
    void reported_responses_move_traffic_before_probes_do() {
        assertThat(cdn.reported(10, 10, 0)).isTrue();
        assertThat(cdn.health()).isEqualTo(Health.BREAKER_OPEN);
        assertThat(cdn.settle(31 * SECOND)).isTrue();
        assertThat(cdn.health()).isEqualTo(Health.TRIAL);
        for (int i = 0; i < 5; i++) {
            cdn.probed(GOOD, 31 * SECOND);
        }
        assertThat(cdn.health()).as("good probes end the trial").isEqualTo(Health.UP);
    }

    @Test
    void a_cdn_that_came_back_takes_one_percent_first_and_all_after_five_minutes() {
        assertThat(cdn.share(0)).as("never gone").isEqualTo(1);
        cdn.reported(0, 20, 0);
        cdn.settle(31 * SECOND);
        cdn.reported(5, 0, 31 * SECOND);
        assertThat(cdn.health()).isEqualTo(Health.UP);
        assertThat(cdn.share(31 * SECOND)).isEqualTo(0.01);
        assertThat(cdn.share(181 * SECOND)).isEqualTo(0.505);
        assertThat(cdn.share(331 * SECOND)).isEqualTo(1);
    }

    @Test
    void a_cdn_that_fails_again_starts_anew() {
        cdn.reported(0, 20, 0);
        cdn.settle(31 * SECOND);
        cdn.reported(5, 0, 31 * SECOND);
        cdn.reported(0, 20, 200 * SECOND);
        cdn.settle(231 * SECOND);
        cdn.reported(5, 0, 231 * SECOND);
        assertThat(cdn.share(231 * SECOND)).isEqualTo(0.01);
    }

    @Test
    void what_fails_for_clients_of_one_market_fails_there_only() {
        assertThat(cdn.reported("brazil", 10, 10, 0)).isTrue();
        assertThat(cdn.health("brazil")).isEqualTo(Health.BREAKER_OPEN);
        assertThat(cdn.health("dach")).isEqualTo(Health.UP);
        assertThat(cdn.health()).isEqualTo(Health.UP);
        assertThat(cdn.ailingIn()).containsOnlyKeys("brazil");
        assertThat(cdn.settle(31 * SECOND)).isTrue();
        assertThat(cdn.health("brazil")).isEqualTo(Health.TRIAL);
        cdn.reported("brazil", 5, 0, 31 * SECOND);
        assertThat(cdn.ailingIn()).isEmpty();
        assertThat(cdn.share("brazil", 31 * SECOND)).isEqualTo(0.01);
        assertThat(cdn.share("dach", 31 * SECOND)).isEqualTo(1);
        probe(SILENT, SILENT, SILENT);
        assertThat(cdn.health("brazil")).as("gone for all").isEqualTo(Health.UNREACHABLE);
    }

    @Test
    void judges_status_body_and_outcome() {
        byte[] body = "canary\n".getBytes(StandardCharsets.UTF_8);
        String digest = "3862f5361ca1a8c053364af5b6b2df9b900325487f4f7b3e6cd13d98345848ef";
        assertThat(Probe.judge(200, null, null, body, Optional.empty())).isEqualTo(GOOD);
        assertThat(Probe.judge(200, null, "\"abc\"", body, Optional.empty())).isEqualTo(GOOD);
        assertThat(Probe.judge(200, null, '"' + digest + '"', body, Optional.empty()))
                .isEqualTo(GOOD);
        assertThat(Probe.judge(200, null, null, body, Optional.of(digest))).isEqualTo(GOOD);
        assertThat(Probe.judge(503, "throttle", null, body, Optional.empty())).isEqualTo(THROTTLED);
        assertThat(Probe.judge(503, null, null, body, Optional.empty())).isInstanceOf(ProbeResult.Wrong.class);
        assertThat(Probe.judge(301, null, null, body, Optional.empty())).isInstanceOf(ProbeResult.Wrong.class);
        assertThat(Probe.judge(200, null, null, new byte[0], Optional.empty())).isInstanceOf(ProbeResult.Wrong.class);
        assertThat(Probe.judge(200, null, '"' + digest + '"', new byte[] {1}, Optional.empty()))
                .isInstanceOf(ProbeResult.Wrong.class);
        assertThat(Probe.judge(200, null, null, new byte[] {1}, Optional.of(digest)))
                .isInstanceOf(ProbeResult.Wrong.class);
    }

    private void probe(ProbeResult... results) {
        for (ProbeResult result : results) {
            cdn.probed(result, 0);
        }
    }

    private static Breaker breaker() {
        return new Breaker(
                Duration.ofSeconds(30).toNanos(), Duration.ofMinutes(10).toNanos());
    }
}
