package io.sluice.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The part of the story about money: a CDN bill and GitHub's, both simulated. */
final class BudgetStory {
    private static final int SIMULATED_REQUESTS = 1_000;
    private static final long SIMULATED_BYTES = 40_000_000_000L;

    /** Not quite the two days that metrics-service takes late logs for. */
    private static final Duration SPREAD = Duration.ofHours(40);

    private final Narrator narrator;

    BudgetStory(Narrator narrator) {
        this.narrator = narrator;
    }

    void cdnBillOverBudget() throws IOException {
        narrator.step(
                "The simulated CDN bill is projected over budget: the optimizer raises the egress axis by itself");
        simulateTraffic();
        JsonNode before = narrator.await(
                "a CDN bill", Duration.ofSeconds(20), () -> budget(Service.METRICS_SERVICE, "cdn-cost", 1));
        double used = before.path("used").asDouble();
        double limit = Math.ceil(before.path("projected").path("p50").asDouble(used) * 0.9);
        setLimit(limit, before);
        try {
            JsonNode budget = narrator.await("the new limit", Duration.ofSeconds(10), () -> limited(limit));
            narrator.say(
                    "used $%,.2f, projected $%,.2f of $%,.2f",
                    budget.path("used").asDouble(),
                    budget.path("projected").path("p50").asDouble(),
                    budget.path("limit").asDouble());
            double level = narrator.await("the egress axis rises", Duration.ofSeconds(40), () -> axis("egress"));
            narrator.say("egress axis at level %.2f: %s", level, reason());
        } finally {
            setLimit(before.path("limit").asDouble(4000) * 100, before);
        }
        narrator.await("the egress axis is back at 0", Duration.ofSeconds(40), () -> axisNormal("egress"));
        narrator.say("budget raised: the axis is back at 0");
    }

    void githubBillPasses90Percent() throws IOException {
        narrator.step("The simulated GitHub bill passes 90 %: the origin axis rises, an alert reaches the webhook");
        int alerts = received();
        try {
            JsonNode budget = budget(Service.LFS_TRACKER, "lfs-bandwidth:acme", 0);
            if (budget == null) {
                throw new Remedy("lfs-tracker has no budget lfs-bandwidth:acme.");
            }
            double missing =
                    budget.path("limit").asDouble() * 0.93 - budget.path("used").asDouble();
            record(Math.max(1, missing));
            JsonNode after = narrator.await("the bill passes 90 %", Duration.ofSeconds(30), this::over90);
            narrator.say(
                    "%,.1f of %,.0f %s used (%.0f %%)",
                    after.path("used").asDouble(),
                    after.path("limit").asDouble(),
                    after.path("unit").asText(),
                    100 * after.path("used").asDouble() / after.path("limit").asDouble());
            double level = narrator.await("the origin axis rises", Duration.ofSeconds(40), () -> axis("origin"));
            narrator.say("origin axis at level %.2f: %s", level, reason());
            String alert = narrator.await("an alert at the webhook", Duration.ofSeconds(60), () -> newAlert(alerts));
            narrator.say("the webhook sink received: %s", alert);
        } finally {
            narrator.call("POST", github("/_recording/reset"), null);
            pull();
        }
        narrator.await("the origin axis is back at 0", Duration.ofSeconds(60), () -> axisNormal("origin"));
        narrator.say("recording reset: the axis is back at 0");
    }

    /** A thousand requests of 40 GB each over the last 40 hours, in one batch that is counted once a day however often this runs. */
    private void simulateTraffic() throws IOException {
        LocalDate today = LocalDate.ofInstant(Instant.now(), ZoneOffset.UTC);
        StringBuilder lines = new StringBuilder();
        Instant now = Instant.now();
        for (int i = 0; i < SIMULATED_REQUESTS; i++) {
            lines.append("{\"time\":\"")
                    .append(now.minusSeconds(i * SPREAD.toSeconds() / SIMULATED_REQUESTS))
                    .append("\",\"method\":\"GET\",\"path\":\"/v/simulated\",\"status\":200,\"bytes\":")
                    .append(SIMULATED_BYTES)
                    .append(",\"seconds\":0.02,\"ttfb\":\"0.01\",\"cache\":\"HIT\",\"cdn\":\"edge-a\"}\n");
        }
        Api.Answer answer = narrator.api()
                .send(
                        "POST",
                        narrator.running()
                                .service(Service.METRICS_SERVICE, "/api/v1/cdn/logs?cdn=edge-a&format=edge-json"),
                        Map.of("Content-Type", "application/x-ndjson", "Idempotency-Key", "demonstration-" + today),
                        BodyPublishers.ofString(lines.toString()));
        if (answer.status() / 100 != 2) {
            throw new Remedy("metrics-service refused the simulated traffic: " + answer.status() + ".");
        }
    }

    private void setLimit(double limit, JsonNode budget) throws IOException {
        narrator.call(
                "PUT",
                narrator.running().service(Service.METRICS_SERVICE, "/api/v1/budgets/cdn-cost"),
                Map.of(
                        "limit",
                        "%.2f".formatted(limit),
                        "currency",
                        budget.path("unit").asText("USD")));
    }

    private @Nullable JsonNode limited(double limit) throws IOException {
        JsonNode budget = budget(Service.METRICS_SERVICE, "cdn-cost", 0);
        return budget != null && Math.abs(budget.path("limit").asDouble() - limit) < 0.01 ? budget : null;
    }

    private @Nullable JsonNode over90() throws IOException {
        pull();
        JsonNode budget = budget(Service.LFS_TRACKER, "lfs-bandwidth:acme", 0);
        return budget != null
                        && budget.path("used").asDouble()
                                > 0.9 * budget.path("limit").asDouble()
                ? budget
                : null;
    }

    private @Nullable JsonNode budget(Service service, String id, double atLeast) throws IOException {
        for (JsonNode budget : narrator.get(service, "/api/v1/budgets").path("items")) {
            if (budget.path("id").asText().equals(id) && budget.path("used").asDouble() >= atLeast) {
                return budget;
            }
        }
        return null;
    }

    private void record(double gigabytes) throws IOException {
        narrator.call(
                "POST",
                github("/_recording/usage"),
                Map.of(
                        "repository",
                        "assets",
                        "sku",
                        "BANDWIDTH",
                        "day",
                        billedDay(),
                        "quantity",
                        "%.3f".formatted(gigabytes)));
    }

    /** Yesterday, or the first of the month: today has no bill in its first hour. */
    private static String billedDay() {
        LocalDate today = LocalDate.ofInstant(Instant.now(), ZoneOffset.UTC);
        return (today.getDayOfMonth() == 1 ? today : today.minusDays(1)).toString();
    }

    private void pull() throws IOException {
        narrator.call(
                "POST",
                narrator.running().service(Service.LFS_TRACKER, "/api/v1/lfs/pulls"),
                Map.of("day", billedDay()));
    }

    private @Nullable Double axis(String axis) throws IOException {
        double level = level(axis);
        return level > 0 ? level : null;
    }

    private @Nullable Boolean axisNormal(String axis) throws IOException {
        return level(axis) == 0 ? Boolean.TRUE : null;
    }

    private double level(String axis) throws IOException {
        return global().path("axes").path(axis).asDouble();
    }

    private String reason() throws IOException {
        return global().path("reason").path("text").asText();
    }

    private JsonNode global() throws IOException {
        for (JsonNode scope :
                narrator.get(Service.OPTIMIZER_SERVICE, "/api/v1/status").path("scopes")) {
            if (scope.path("scope").asText().equals("global")) {
                return scope;
            }
        }
        throw new Remedy("The optimizer has no directive for the scope global.");
    }

    private int received() throws IOException {
        return sink().size();
    }

    private @Nullable String newAlert(int before) throws IOException {
        JsonNode all = sink();
        for (int i = before; i < all.size(); i++) {
            JsonNode alert = Api.JSON
                    .readTree(all.get(i).path("body").asText("{}"))
                    .path("alerts")
                    .path(0);
            if (alert.path("labels").path("alertname").asText().startsWith("Lfs")) {
                return alert.path("labels").path("severity").asText() + " "
                        + alert.path("annotations").path("summary").asText();
            }
        }
        return null;
    }

    private JsonNode sink() throws IOException {
        return narrator.call(
                "GET", "http://127.0.0.1:" + narrator.running().ports().webhookSink() + "/received", null);
    }

    private String github(String path) {
        return "http://127.0.0.1:" + narrator.running().ports().github() + path;
    }
}
