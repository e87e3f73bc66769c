package io.sluice.gateway;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import io.sluice.gateway.Surroundings.Given;
import io.sluice.gateway.ThreeEdges.Parts;
import io.sluice.gateway.Viewers.View;
import io.sluice.testkit.access.TestTokens;
import io.sluice.testkit.postgres.PostgresResource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Three CDNs under constant load: one is killed and comes back, the origin throttles, one fails in one market. */
@QuarkusTest
@TestProfile(FailoverTest.OwnSurroundings.class)
class FailoverTest {
    public static class OwnSurroundings implements QuarkusTestProfile {
        @Override
        public boolean disableGlobalTestResources() {
            return true;
        }

        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(
                    new TestResourceEntry(PostgresResource.class),
                    new TestResourceEntry(TestTokens.class),
                    new TestResourceEntry(ThreeEdges.class));
        }
    }

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final int PHOTOS = 60;

    @Given
    @SuppressWarnings("NullAway.Init")
    Parts parts;

    @BeforeEach
    void photographs_are_known_and_all_cdns_take_all_their_keys() {
        await().atMost(SOON).until(() -> parts.worker().followers() > 0);
        for (int photo = 0; photo < PHOTOS; photo++) {
            parts.worker()
                    .publish(
                            100 + photo,
                            "load-" + photo + ".jpg",
                            "%064x".formatted(100 + photo),
                            3000,
                            2000,
                            false,
                            false);
        }
        await().atMost(SOON).until(() -> takes().values().stream().allMatch(share -> share == 1));
        await().atMost(SOON)
                .until(() -> new Client(parts.port())
                                .get("/img/photos/load-" + (PHOTOS - 1) + ".jpg")
                                .statusCode()
                        == 302);
    }

    @Test
    void a_killed_cdn_loses_its_traffic_within_a_second_of_the_third_failure_and_gets_it_back_slowly()
            throws Exception {
        RealEdge victim = parts.edges().get(1);
        List<Double> shares = new ArrayList<>();
        List<View> views;
        Instant killed;
        try (Viewers viewers = new Viewers(parts.port(), PHOTOS)) {
            await().atMost(SOON)
                    .until(() -> viewers.views().stream()
                            .anyMatch(view -> view.base().equals(victim.url())));
            killed = Instant.now();
            victim.kill();
            await().atMost(SOON).until(() -> status("cdn-b").equals("UNREACHABLE"));
            int then = viewers.views().size();
            await().atMost(SOON).until(() -> viewers.views().size() > then + 2 * PHOTOS);
            victim.start();
            await().atMost(SOON).pollInterval(Duration.ofMillis(50)).until(() -> {
                double share = takes().getOrDefault("cdn-b", 0.0);
                if (share > 0) {
                    shares.add(share);
                }
                return share == 1;
            });
            int back = viewers.views().size();
            await().atMost(SOON)
                    .until(() -> viewers.views().stream()
                            .skip(back)
                            .anyMatch(view -> view.base().equals(victim.url())));
            views = viewers.views();
        }
        Instant third = transition("cdn-b", "UNREACHABLE");
        List<View> bad = views.stream().filter(View::bad).toList();
        assertThat(bad)
                .as("the detection takes three probes, and so many requests are sent to a CDN that is gone")
                .isNotEmpty()
                .allSatisfy(view -> assertThat(view.at()).isBetween(killed.minusMillis(500), third.plusSeconds(1)))
                .allSatisfy(view ->
                        assertThat(view.saved()).as("by the first alternate").isTrue());
        assertThat(bad.size()).as("of %d requests", views.size()).isLessThan(views.size() / 4);
        assertThat(shares).isSorted();
        assertThat(shares.getFirst()).as("it starts slowly").isLessThan(0.6);
    }

    @Test
    void a_throttling_origin_moves_nothing() {
        Map<Integer, String> before = bases();
        parts.throttle(true);
        try {
            Instant end = Instant.now().plusSeconds(1);
            await().atMost(SOON).until(() -> {
                assertThat(bases()).isEqualTo(before);
                return Instant.now().isAfter(end);
            });
            assertThat(given().header("Authorization", "Bearer " + TestTokens.VIEWER)
                            .get("/api/v1/cdns")
                            .jsonPath()
                            .getList("items.status", String.class))
                    .containsOnly("UP");
        } finally {
            parts.throttle(false);
        }
    }

    @Test
    void outcomes_of_one_market_move_the_clients_of_that_market_only() {
        as(TestTokens.OPERATOR)
                .body("{\"countries\":[\"BR\"]}")
                .put("/api/v1/markets/brazil")
                .then()
                .statusCode(200);
        try {
            as(TestTokens.OPERATOR)
                    .body("{\"good\":10,\"failed\":10,\"market\":\"brazil\"}")
                    .post("/api/v1/cdns/cdn-a/outcomes")
                    .then()
                    .statusCode(200);
            await().atMost(SOON)
                    .until(() -> as(TestTokens.VIEWER)
                            .get("/api/v1/markets/brazil/plan")
                            .jsonPath()
                            .getString("cdns.find { it.cdn == 'cdn-a' }.status")
                            .equals("BREAKER_OPEN"));
            assertThat(takes().get("cdn-a")).as("in the default market").isEqualTo(1);
            assertThat(as(TestTokens.VIEWER)
                            .get("/api/v1/cdns/cdn-a")
                            .jsonPath()
                            .getString("ailingIn.brazil"))
                    .isEqualTo("BREAKER_OPEN");
        } finally {
            as(TestTokens.OPERATOR).delete("/api/v1/markets/brazil");
        }
    }

    private Map<Integer, String> bases() {
        Map<Integer, String> bases = new HashMap<>();
        for (int photo = 0; photo < PHOTOS; photo++) {
            bases.put(
                    photo,
                    Client.header(new Client(parts.port()).get("/img/photos/load-" + photo + ".jpg"), "Server-Timing"));
        }
        return bases;
    }

    private static Map<String, Double> takes() {
        Map<String, Double> takes = new HashMap<>();
        List<Map<String, Object>> cdns = as(TestTokens.VIEWER)
                .get("/api/v1/markets/default/plan")
                .jsonPath()
                .getList("cdns");
        cdns.forEach(
                cdn -> takes.put(String.valueOf(cdn.get("cdn")), Double.valueOf(String.valueOf(cdn.get("takes")))));
        return takes;
    }

    private static String status(String cdn) {
        return as(TestTokens.VIEWER).get("/api/v1/cdns/" + cdn).jsonPath().getString("status");
    }

    private static Instant transition(String cdn, String to) {
        return Instant.parse(as(TestTokens.VIEWER)
                .get("/api/v1/cdns/" + cdn)
                .jsonPath()
                .getString("transitions.findAll { it.to == '" + to + "' }[0].at"));
    }

    private static RequestSpecification as(String token) {
        return given().header("Authorization", "Bearer " + token).contentType(ContentType.JSON);
    }
}
