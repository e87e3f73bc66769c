package io.sluice.testkit.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RecordedGitHubTest {
    private static final LocalDate DAY = LocalDate.of(2026, 11, 18);
    private static final String USAGE = "/organizations/acme/settings/billing/usage";
    private static final String DAY_QUERY = USAGE + "?year=2026&month=11&day=18";

    private static final ObjectMapper EXACT = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private Instant now = Instant.parse("2026-11-21T12:30:00Z");
    private final InstantSource clock = () -> now;
    private final RecordedGitHub github = RecordedGitHub.start(new RecordedGitHub.Options(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), clock, "acme", "good", Set.of("weak"), 20));
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void stop() {
        client.close();
        github.close();
    }

    @Test
    void answers_a_day_with_rows_of_lfs_and_of_other_products() throws Exception {
        JsonNode items = items(get(DAY_QUERY, "good"));

        assertThat(items.findValuesAsText("product")).contains("actions", "git_lfs");
        JsonNode row = row(items, "Git LFS bandwidth", "photo-assets");
        assertThat(row.path("date").asText()).isEqualTo("2026-11-18T00:00:00Z");
        assertThat(row.path("unitType").asText()).isEqualTo("Gigabytes");
        assertThat(row.path("quantity").decimalValue().scale()).isEqualTo(9);
        assertThat(row.path("organizationName").asText()).isEqualTo("acme");
        assertThat(row(items, "Git LFS storage", "photo-assets")
                        .path("unitType")
                        .asText())
                .isEqualTo("GigabyteHours");
        assertThat(items).anyMatch(item -> !item.has("repositoryName"));
    }

    @Test
    void answers_the_same_each_time() throws Exception {
        assertThat(get(DAY_QUERY, "good").body())
                .isEqualTo(get(DAY_QUERY, "good").body());
    }

    @Test
    void falls_into_month_rows_without_a_day() throws Exception {
        JsonNode items = items(get(USAGE + "?year=2026&month=11", "good"));

        JsonNode month = row(items, "Git LFS bandwidth", "photo-assets");
        assertThat(month.path("date").asText()).isEqualTo("2026-11-01T05:20:13Z");
        JsonNode day = row(items(get(DAY_QUERY, "good")), "Git LFS bandwidth", "photo-assets");
        assertThat(month.path("quantity").decimalValue())
                .isGreaterThan(day.path("quantity").decimalValue());
    }

    @Test
    void grows_with_the_clock_and_knows_no_future() throws Exception {
        String today = USAGE + "?year=2026&month=11&day=21";
        BigDecimal noon = quantity(get(today, "good"));
        now = Instant.parse("2026-11-22T00:00:00Z");
        assertThat(quantity(get(today, "good"))).isCloseTo(noon.add(noon), within(new BigDecimal("0.000000002")));
        assertThat(items(get(USAGE + "?year=2026&month=11&day=23", "good"))).isEmpty();
    }

    @Test
    void charges_only_what_is_above_the_plan() throws Exception {
        github.addUsage("photo-assets", LfsSku.BANDWIDTH, DAY, new BigDecimal("400"));

        JsonNode row = row(items(get(DAY_QUERY, "good")), "Git LFS bandwidth", "photo-assets");

        assertThat(row.path("netAmount").decimalValue()).isPositive();
        assertThat(row.path("discountAmount").decimalValue()).isPositive();
        assertThat(row.path("grossAmount").decimalValue())
                .isEqualByComparingTo(row.path("netAmount")
                        .decimalValue()
                        .add(row.path("discountAmount").decimalValue()));
    }

    @Test
    void refuses_as_github_does() throws Exception {
        HttpResponse<String> wrong = get(DAY_QUERY, "wrong");
        assertThat(wrong.statusCode()).isEqualTo(401);
        assertThat(wrong.body()).contains("Bad credentials").contains("documentation_url");
        HttpResponse<String> weak = get(DAY_QUERY, "weak");
        assertThat(weak.statusCode()).isEqualTo(403);
        assertThat(weak.headers().firstValue("X-Accepted-GitHub-Permissions"))
                .contains("organization_administration=read");
        assertThat(get("/organizations/other/settings/billing/usage", "good").statusCode())
                .isEqualTo(404);
        assertThat(get(USAGE + "?year=2026&month=13&day=1", "good").statusCode())
                .isEqualTo(400);
        assertThat(send(HttpRequest.newBuilder(uri(DAY_QUERY))
                                .header("Authorization", "Bearer good")
                                .header("Accept", "text/html"))
                        .statusCode())
                .isEqualTo(415);
        assertThat(send(HttpRequest.newBuilder(uri(DAY_QUERY))
                                .header("Authorization", "Bearer good")
                                .header("Accept", "application/vnd.github+json")
                                .header("X-GitHub-Api-Version", "1999-01-01"))
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void counts_the_rate_limit_until_its_hour_is_over() throws Exception {
        for (int i = 0; i < 20; i++) {
            assertThat(get(DAY_QUERY, "good").headers().firstValue("x-ratelimit-remaining"))
                    .contains(Integer.toString(19 - i));
        }
        HttpResponse<String> refused = get(DAY_QUERY, "good");
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.headers().firstValue("x-ratelimit-remaining")).contains("0");
        assertThat(refused.headers().firstValue("x-ratelimit-reset"))
                .contains(Long.toString(now.plusSeconds(3600).getEpochSecond()));
        now = now.plusSeconds(3600);
        assertThat(get(DAY_QUERY, "good").statusCode()).isEqualTo(200);
    }

    @Test
    void fails_as_told_and_then_recovers() throws Exception {
        github.failNext(1, 429);
        github.failNext(1, 500);
        github.answerNextByMonth(1);
        github.answerNextWith(1, "<html>");

        assertThat(get(DAY_QUERY, "good").headers().firstValue("retry-after")).contains("60");
        assertThat(get(DAY_QUERY, "good").statusCode()).isEqualTo(500);
        assertThat(get(DAY_QUERY, "good").body()).contains("2026-11-01T05:20:13Z");
        assertThat(get(DAY_QUERY, "good").body()).isEqualTo("<html>");
        github.delayNext(1, Duration.ofMillis(50));
        assertThat(get(DAY_QUERY, "good").statusCode()).isEqualTo(200);
        github.truncateNext(1);
        assertThat(catchThrowable(() -> get(DAY_QUERY, "good"))).isInstanceOf(IOException.class);
        assertThat(github.calls()).isEqualTo(6);
    }

    @Test
    void doubles_a_row_when_told() throws Exception {
        github.duplicateRow("photo-assets", LfsSku.BANDWIDTH, DAY);

        List<JsonNode> rows = new ArrayList<>();
        items(get(DAY_QUERY, "good")).forEach(item -> {
            if (item.path("sku").asText().equals("Git LFS bandwidth")
                    && item.path("repositoryName").asText().equals("photo-assets")) {
                rows.add(item);
            }
        });

        assertThat(rows).hasSize(2);
        assertThat(rows.getFirst()).isEqualTo(rows.getLast());
    }

    @Test
    void is_driven_over_http_by_another_process() throws Exception {
        BigDecimal before = quantity(get(DAY_QUERY, "good"));
        String added = """
                {"repository":"photo-assets","sku":"BANDWIDTH","day":"2026-11-18","quantity":"12.5"}""";

        assertThat(post("/_recording/usage", added).statusCode()).isEqualTo(204);
        assertThat(quantity(get(DAY_QUERY, "good"))).isEqualByComparingTo(before.add(new BigDecimal("12.5")));
        assertThat(post("/_recording/usage", "{}").statusCode()).isEqualTo(400);
        assertThat(post("/_recording/reset", "").statusCode()).isEqualTo(204);
        assertThat(quantity(get(DAY_QUERY, "good"))).isEqualByComparingTo(before);
    }

    private static BigDecimal quantity(HttpResponse<String> answer) throws IOException {
        return row(items(answer), "Git LFS bandwidth", "photo-assets")
                .path("quantity")
                .decimalValue();
    }

    private static JsonNode row(JsonNode items, String sku, String repository) {
        for (JsonNode item : items) {
            if (item.path("sku").asText().equals(sku)
                    && item.path("repositoryName").asText().equals(repository)) {
                return item;
            }
        }
        throw new AssertionError("no row " + sku + " of " + repository);
    }

    private static JsonNode items(HttpResponse<String> answer) throws IOException {
        assertThat(answer.statusCode()).isEqualTo(200);
        return EXACT.readTree(answer.body()).path("usageItems");
    }

    private HttpResponse<String> get(String path, String token) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri(path))
                .header("Authorization", "Bearer " + token)
                .header("Accept", "application/vnd.github+json")
                .header("X-GitHub-Api-Version", "2022-11-28"));
    }

    private HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri(path)).POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create(github.address() + path);
    }
}
