package io.sluice.metrics.cdnlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.contracts.usage.EdgeLogLine;
import io.sluice.contracts.usage.EdgeLogLine.CacheResult;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LineParsersTest {
    private static final String LINE = """
            {"time":"2026-11-21T12:00:00+00:00","method":"GET","path":"/v/demo/x/e1-w640.avif","status":200,"bytes":123,\
            "seconds":0.012,"ttfb":"0.010","cache":"HIT","cdn":"edge-a"}""";

    @Test
    void reads_a_line_of_an_edge() throws MalformedLine {
        LoggedRequest request = json(LINE);
        assertThat(request.cdn()).isEqualTo("edge-a");
        assertThat(request.line())
                .isEqualTo(new EdgeLogLine(
                        Instant.parse("2026-11-21T12:00:00Z"),
                        "GET",
                        "/v/demo/x/e1-w640.avif",
                        200,
                        123,
                        0.012,
                        0.010,
                        CacheResult.HIT,
                        null,
                        null));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"''|", "'-'|", "'0.000, 0.010'|0.01", "'0.002 : 0.003'|0.005", "'-, 0.020'|0.02"})
    void adds_up_the_upstreams_of_ttfb(String ttfb, @org.jspecify.annotations.Nullable Double seconds)
            throws MalformedLine {
        assertThat(json(LINE.replace("\"0.010\"", '"' + ttfb + '"')).line().ttfbSeconds())
                .isEqualTo(seconds);
    }

    @ParameterizedTest
    @CsvSource({
        "HIT,HIT",
        "MISS,MISS",
        "EXPIRED,MISS",
        "STALE,STALE",
        "UPDATING,STALE",
        "REVALIDATED,REVALIDATED",
        "BYPASS,BYPASS",
        "'',UNKNOWN",
        "NEW,UNKNOWN"
    })
    void knows_the_cache_states_of_nginx(String state, CacheResult result) throws MalformedLine {
        assertThat(json(LINE.replace("HIT", state)).line().cache()).isEqualTo(result);
    }

    @Test
    void counts_nginx_499_as_a_client_that_left() throws MalformedLine {
        assertThat(json(LINE.replace(":200", ":499")).line().status()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "{}",
                "garbage",
                "{\"time\":\"now\"}",
                "{\"time\":\"2026-11-21T12:00:00Z\",\"path\":\"/\",\"status\":99,\"bytes\":1,\"seconds\":1}",
                "{\"time\":\"2026-11-21T12:00:00Z\",\"path\":\"/\",\"status\":200,\"bytes\":-1,\"seconds\":1}",
                "{\"time\":\"2026-11-21T12:00:00Z\",\"path\":\"/\",\"status\":200,\"bytes\":1,\"seconds\":-1}",
                "{\"time\":\"2026-11-21T12:00:00Z\",\"path\":\"/\",\"status\":200,\"bytes\":1,\"seconds\":1,\"ttfb\":\"x\"}",
                "{\"time\":\"2026-11-21T12:00:00Z\",\"path\":\"/\",\"status\":200,\"bytes\":1,\"seconds\":1} {}"
            })
    void refuses_what_is_not_a_line(String line) {
        assertThatThrownBy(() -> json(line)).isInstanceOf(MalformedLine.class);
    }

    @Test
    void reads_a_real_apache_log() throws IOException {
        LogAggregate log = aggregate("apache");
        try (InputStream in = Objects.requireNonNull(getClass().getResourceAsStream("/apache-combined-200.log"))) {
            new LogReader(log, Optional.empty()).read(in);
        }
        assertThat(log.lines()).isEqualTo(200);
        assertThat(log.malformed()).isZero();
        assertThat(log.minutes().values().stream()
                        .mapToLong(UsageCell::requests)
                        .sum())
                .isEqualTo(200);
        assertThat(log.minutes().values().stream().mapToLong(UsageCell::bytes).sum())
                .isEqualTo(BYTES_BY_AWK);
    }

    @Test
    void takes_lines_however_the_stream_is_cut() throws IOException {
        byte[] body = ("\n" + LINE + "\r\n" + LINE + "\n" + "x".repeat(200_000) + "\nbad\n" + LINE)
                .getBytes(StandardCharsets.UTF_8);
        for (int chunk : new int[] {1, 7, 4096, 1 << 20}) {
            LogAggregate log = aggregate("edge-a");
            new LogReader(log, Optional.empty()).read(new Trickle(body, chunk));
            assertThat(log.accepted()).isEqualTo(3);
            assertThat(log.intake("b", false).rejectedLines())
                    .containsExactly(
                            new LogIntake.RejectedLine(4, "malformed: too long"),
                            new LogIntake.RejectedLine(5, "malformed: not JSON"));
        }
    }

    /** Sum of the tenth field of the 200 lines, as awk adds it up. */
    private static final long BYTES_BY_AWK = 7297641L;

    private static LogAggregate aggregate(String cdn) {
        return new LogAggregate(cdn, Instant.EPOCH, Instant.parse("2100-01-01T00:00:00Z"));
    }

    private static LoggedRequest json(String line) throws MalformedLine {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        return new EdgeJsonParser().parse(bytes, 0, bytes.length);
    }

    private static final class Trickle extends ByteArrayInputStream {
        private final int chunk;

        Trickle(byte[] bytes, int chunk) {
            super(bytes);
            this.chunk = chunk;
        }

        @Override
        public synchronized int read(byte[] into, int offset, int length) {
            return super.read(into, offset, Math.min(length, chunk));
        }
    }
}
