package io.sluice.system;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.contracts.directive.Mix;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A CDN bill that is projected over its budget, and what the suite makes of it: bytes of the sample photographs in the mix of formats
 * that the level table assumes, and the level of each.
 */
final class BudgetPressure {
    private static final Duration SOON = Duration.ofSeconds(90);
    private static final List<String> PHOTOS = List.of("friends", "night", "seeds", "sunset", "umang", "wine");
    private static final Pattern ADDRESS = Pattern.compile("/v/photos/([0-9a-f]{64})/\\S*?-q(\\d+)-\\S*");

    /** Predicted by the level table of the optimizer (levels.json), by level. */
    private static final double[] SAVED = {0, 0.17, 0.30, 0.41, 0.54};

    private final SuiteProcess suite;

    BudgetPressure(SuiteProcess suite) {
        this.suite = suite;
    }

    /** A format as clients ask for it, and its share of requests. */
    enum Asked {
        AVIF("image/avif", "image/avif,image/webp,*/*;q=0.8", 0.70, 38),
        WEBP("image/webp", "image/webp,*/*;q=0.8", 0.25, 30),
        JPEG("image/jpeg", "*/*", 0.05, 30);

        private final String type;
        private final String accept;
        private final double share;
        private final int floor;

        Asked(String type, String accept, double share, int floor) {
            this.type = type;
            this.accept = accept;
            this.share = share;
            this.floor = floor;
        }

        /** The lowest quality that may ever be served. */
        int floor() {
            return floor;
        }
    }

    /**
     * One photograph in one format.
     *
     * @param quality spelled in its address
     */
    record Got(String oid, int quality, long bytes) {}

    /** Every photograph in every format; waits for deferred encodes. */
    Map<String, Map<Asked, Got>> photographs() {
        Map<String, Map<Asked, Got>> all = new TreeMap<>();
        for (String photo : PHOTOS) {
            Map<Asked, Got> formats = new TreeMap<>();
            for (Asked asked : Asked.values()) {
                formats.put(
                        asked,
                        await().atMost(SOON).ignoreExceptions().until(() -> get(photo, asked), got -> got.bytes > 0));
            }
            all.put(photo, formats);
        }
        return all;
    }

    /** By how much an average request shrank, and should have: ratios. */
    record Fall(double predicted, double realised) {}

    static Fall fall(Map<String, Map<Asked, Got>> before, Map<String, Map<Asked, Got>> after, Mix mix) {
        double was = 0;
        double is = 0;
        double predicted = 0;
        for (String photo : before.keySet()) {
            Map<Asked, Got> full = before.getOrDefault(photo, Map.of());
            String oid = full.values().iterator().next().oid();
            was += bytes(full);
            is += bytes(after.getOrDefault(photo, Map.of()));
            predicted += SAVED[mix.levelOf(oid)] * bytes(full);
        }
        return new Fall(predicted / was, 1 - is / was);
    }

    private static double bytes(Map<Asked, Got> photo) {
        return photo.entrySet().stream()
                .mapToDouble(got -> got.getKey().share * got.getValue().bytes)
                .sum();
    }

    /** Sets the limit of the CDN bill so that {@code share} of it is projected; the limit before. */
    void project(double share) throws IOException {
        JsonNode bill = bill();
        limit(bill.path("projected").path("p50").asDouble() / share);
    }

    void limit(double limit) throws IOException {
        suite.json(
                "PUT", 8082, "/api/v1/budgets/cdn-cost", "{\"limit\":\"%.4f\",\"currency\":\"USD\"}".formatted(limit));
    }

    /** Forty hours of simulated traffic, the same as of the demonstration: whoever comes second adds nothing. */
    void traffic() throws IOException {
        Instant now = Instant.now();
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 1_000; i++) {
            lines.append("{\"time\":\"")
                    .append(now.minusSeconds(i * 144L))
                    .append("\",\"method\":\"GET\",\"path\":\"/v/simulated\",\"status\":200,\"bytes\":40000000000,")
                    .append("\"seconds\":0.02,\"ttfb\":\"0.01\",\"cache\":\"HIT\",\"cdn\":\"edge-a\"}\n");
        }
        HttpResponse<byte[]> answer = suite.send(
                "POST",
                8082,
                "/api/v1/cdn/logs?cdn=edge-a&format=edge-json",
                Map.of(
                        "Authorization", "Bearer " + suite.token("service"),
                        "Content-Type", "application/x-ndjson",
                        "Idempotency-Key", "demonstration-" + LocalDate.ofInstant(now, ZoneOffset.UTC)),
                lines.toString().getBytes(StandardCharsets.UTF_8));
        if (answer.statusCode() / 100 != 2) {
            throw new AssertionError("traffic was answered " + answer.statusCode());
        }
        await().atMost(SOON).ignoreExceptions().until(() -> bill().path("used").asDouble() > 1);
    }

    /** The mix that image-worker holds, once the optimizer's egress axis is up and its rollout in steps is through. */
    Mix settled() {
        await().atMost(SOON).ignoreExceptions().until(() -> {
            JsonNode scope = global();
            return scope.path("axes").path("egress").asDouble() > 0
                    && !scope.path("steps").path("state").asText().equals("STEPPING")
                    && held().path("generation").asLong()
                            == scope.path("generation").asLong();
        });
        return mix();
    }

    /** Waits until nothing is lowered. */
    void normal() {
        await().atMost(SOON)
                .ignoreExceptions()
                .until(() -> global().path("axes").path("egress").asDouble() == 0
                        && held().path("normal").asBoolean());
    }

    Mix mix() {
        try {
            JsonNode mix = held().path("directive").path("mix");
            return new Mix(
                    mix.path("lower").asInt(),
                    mix.path("upper").asInt(),
                    mix.path("upperFraction").asDouble(),
                    mix.path("holdbackFraction").asDouble(),
                    mix.path("salt").asText());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Got get(String photo, Asked asked) throws IOException {
        HttpResponse<byte[]> answer =
                suite.get(8080, "/img/photos/" + photo + ".jpg?w=1024", Map.of("Accept", asked.accept));
        Matcher address = ADDRESS.matcher(answer.uri().getPath());
        boolean right = answer.statusCode() == 200
                && answer.headers().firstValue("Content-Type").orElse("").equals(asked.type)
                && address.matches();
        return right
                ? new Got(address.group(1), Integer.parseInt(address.group(2)), answer.body().length)
                : new Got("", 0, 0);
    }

    private JsonNode bill() throws IOException {
        for (JsonNode budget : suite.json("GET", 8082, "/api/v1/budgets", "").path("items")) {
            if (budget.path("id").asText().equals("cdn-cost")) {
                return budget;
            }
        }
        throw new AssertionError("there is no budget cdn-cost");
    }

    private JsonNode global() throws IOException {
        return suite.json("GET", 8085, "/api/v1/status", "").path("scopes").path(0);
    }

    private JsonNode held() throws IOException {
        return suite.json("GET", 8081, "/api/v1/directive", "").path("items").path(0);
    }
}
