package io.sluice.image.directive;

import static io.sluice.image.Service.address;
import static io.sluice.image.Service.photo;
import static io.sluice.image.Service.upload;
import static io.sluice.image.Service.viewer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.sluice.contracts.directive.Axes;
import io.sluice.contracts.directive.Directive;
import io.sluice.contracts.directive.LevelCaps;
import io.sluice.contracts.directive.Mix;
import io.sluice.contracts.directive.Throttle;
import io.sluice.contracts.image.ImageFormat;
import io.sluice.contracts.image.VariantAddress;
import io.sluice.image.OptimizerStub;
import io.sluice.image.Service;
import io.sluice.image.ServiceFolders;
import io.sluice.testkit.access.TestTokens;
import io.sluice.testkit.libvips.LibvipsResource;
import io.sluice.testkit.postgres.PostgresResource;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(TestTokens.class)
@QuarkusTestResource(LibvipsResource.class)
@QuarkusTestResource(ServiceFolders.class)
@QuarkusTestResource(OptimizerStub.class)
class DirectiveTest {
    private static final LevelCaps CAPS =
            new LevelCaps(Map.of("webp", 50, "jpeg", 45, "avif", 40), List.of("webp", "jpeg"), 512, null);

    @SuppressWarnings("NullAway.Init")
    OptimizerStub optimizer;

    @BeforeEach
    void ready() {
        Service.awaitReady();
        await().atMost(Duration.ofSeconds(20)).until(() -> optimizer.followed());
    }

    @AfterEach
    void back_to_normal() {
        take(Mix.normal("s"), 30, null, List.of());
    }

    @Test
    void sends_an_address_above_the_caps_strictly_down_and_acknowledges() {
        String oid = upload(photo("wine.jpg"));
        VariantAddress fine = address(oid, 1024, 80, ImageFormat.WEBP);
        assertThat(Service.get(fine).statusCode()).isEqualTo(200);

        String label = take(new Mix(2, 2, 0, 0, "s"), 30, null, List.of());

        Response lowered = Service.get(fine);
        assertThat(lowered.statusCode()).isEqualTo(307);
        assertThat(lowered.header("Sluice-Outcome")).isEqualTo("directive");
        assertThat(lowered.header("Sluice-Directive")).isEqualTo(label);
        assertThat(lowered.header("Cache-Control")).isEqualTo("public, max-age=30");
        assertThat(lowered.header("Location")).contains("-q50-w512-xinside.webp?");
        assertThat(Service.follow(lowered).statusCode()).isEqualTo(200);
        Response avif = Service.get(address(oid, 256, 60, ImageFormat.AVIF));
        assertThat(avif.header("Location")).contains("-q50-w256-xinside.webp?");
        assertThat(optimizer.acks())
                .extracting(ack -> ack.get("status").asText())
                .contains("RECEIVED", "APPLIED");
        viewer().get("/api/v1/directive")
                .then()
                .statusCode(200)
                .body("items[0].directive.mix.lower", org.hamcrest.Matchers.is(2));
    }

    @Test
    void each_level_of_the_measured_table_leads_to_its_quality_and_to_fewer_bytes() throws IOException {
        String oid = upload(photo("wine.jpg"));
        Map<ImageFormat, int[]> table = Map.of(
                ImageFormat.WEBP, new int[] {80, 75, 60, 45, 30},
                ImageFormat.AVIF, new int[] {60, 55, 50, 45, 38},
                ImageFormat.JPEG, new int[] {75, 65, 50, 45, 30});
        VariantAddress fine = address(oid, 640, 80, ImageFormat.WEBP);
        int before = Service.get(fine).asByteArray().length;
        for (int level = 1; level <= 4; level++) {
            send(directive(new Mix(level, level, 0, 0, "s"), 30, null, List.of(), measured(table)));
            for (var row : table.entrySet()) {
                int[] qualities = row.getValue();
                Response lowered = Service.get(VariantAddress.of(
                        "samples",
                        oid,
                        fine.recipe().orElseThrow().with('q', Integer.toString(qualities[0])),
                        row.getKey()));
                assertThat(lowered.statusCode()).isEqualTo(307);
                assertThat(lowered.header("Location"))
                        .contains("-q" + qualities[level] + "-w640-xinside."
                                + row.getKey().extension());
            }
            Response webp = Service.follow(Service.get(fine));
            assertThat(webp.statusCode()).isEqualTo(200);
            assertThat(webp.asByteArray().length).isLessThan(before);
            before = webp.asByteArray().length;
        }
        send(directive(Mix.normal("s"), 30, null, List.of(), measured(table)));
        assertThat(Service.get(fine).statusCode()).isEqualTo(200);
    }

    @Test
    void never_lowers_a_key_that_is_held_back_nor_one_that_is_below_the_cap() {
        String oid = upload(photo("wine.jpg"));
        Mix held = Stream.iterate(0, i -> i + 1)
                .map(i -> new Mix(4, 4, 0, 0.1, "salt" + i))
                .filter(mix -> mix.levelOf(oid) == 0)
                .findFirst()
                .orElseThrow();
        VariantAddress fine = address(oid, 640, 80, ImageFormat.WEBP);
        VariantAddress below = address(oid, 384, 30, ImageFormat.WEBP);

        take(held, 30, null, List.of());
        assertThat(Service.get(fine).statusCode()).isEqualTo(200);

        take(new Mix(4, 4, 0, 0, "s"), 30, null, List.of());
        assertThat(Service.get(fine).statusCode()).isEqualTo(307);
        assertThat(Service.get(below).statusCode()).isEqualTo(200);
    }

    @Test
    void makes_no_avif_while_that_is_switched_off_but_serves_what_it_has() {
        String oid = upload(photo("friends.jpg"));
        VariantAddress made = address(oid, 64, 40, ImageFormat.AVIF);
        await().atMost(Duration.ofSeconds(30)).until(() -> Service.get(made).statusCode() == 200);

        take(Mix.normal("s"), 30, null, List.of("encode.avif"));

        Response other = Service.get(address(oid, 96, 40, ImageFormat.AVIF));
        assertThat(other.statusCode()).isEqualTo(307);
        assertThat(other.header("Sluice-Outcome")).isEqualTo("directive");
        assertThat(other.header("Location")).contains("-w96-xinside.webp?");
        assertThat(Service.follow(other).statusCode()).isEqualTo(200);
        assertThat(Service.get(made).statusCode()).isEqualTo(200);
        assertThat(optimizer.acks())
                .noneSatisfy(ack -> assertThat(ack.get("ignored"))
                        .extracting(JsonNode::asText)
                        .contains("disabledFeatures.encode.avif"));
    }

    @Test
    void names_the_levers_of_a_newer_optimizer_that_it_does_not_have() {
        ObjectNode newer =
                optimizer.json().valueToTree(directive(new Mix(1, 1, 0, 0, "s"), 30, null, List.of(), levels(CAPS)));
        newer.put("saveData", "always");
        ((ObjectNode) newer.path("levels").path("2")).put("effort", 1);
        newer.putObject("throttle")
                .put("rps", 100)
                .put("burst", 100)
                .put("retryAfterSeconds", 1)
                .put("bytesPerSecond", 1);

        optimizer.send(newer);

        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            assertThat(optimizer.acks()).anySatisfy(ack -> {
                assertThat(ack.get("status").asText()).isEqualTo("PARTIAL");
                assertThat(ack.get("ignored"))
                        .extracting(JsonNode::asText)
                        .containsExactlyInAnyOrder("saveData", "levels.2.effort", "throttle.bytesPerSecond");
            });
        });
    }

    @Test
    void holds_new_encodes_back_but_serves_what_is_stored() {
        String oid = upload(photo("night.jpg"));
        VariantAddress stored = address(oid, 256, 70, ImageFormat.WEBP);
        assertThat(Service.get(stored).statusCode()).isEqualTo(200);

        take(Mix.normal("s"), 30, new Throttle(0.001, 1, 7, 5), List.of());

        VariantAddress first = address(oid, 384, 70, ImageFormat.WEBP);
        assertThat(Service.get(first).statusCode()).isEqualTo(200);
        Response near = Service.get(address(oid, 512, 70, ImageFormat.WEBP));
        assertThat(near.statusCode()).isEqualTo(307);
        assertThat(near.header("Sluice-Outcome")).isEqualTo("throttle");
        assertThat(near.header("Location")).startsWith(first.path());
        Response none = Service.get(address(oid, 32, 70, ImageFormat.WEBP));
        assertThat(none.statusCode()).isEqualTo(503);
        assertThat(none.header("Retry-After")).isEqualTo("7");
        assertThat(none.header("Sluice-Outcome")).isEqualTo("throttle");
        assertThat(Service.get(stored).statusCode()).isEqualTo(200);
    }

    @Test
    void goes_back_to_normal_by_its_own_clock_when_the_optimizer_falls_silent() {
        VariantAddress fine = address(upload(photo("wine.jpg")), 768, 80, ImageFormat.WEBP);

        take(new Mix(1, 1, 0, 0, "s"), 5, null, List.of());

        assertThat(Service.get(fine).statusCode()).isEqualTo(307);
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(Service.get(fine).statusCode()).isEqualTo(200));
    }

    @Test
    void says_which_features_it_does_not_have_and_refuses_what_is_forged() {
        take(Mix.normal("s"), 30, null, List.of("hologram"));

        await().untilAsserted(() -> assertThat(optimizer.acks()).anySatisfy(ack -> {
            assertThat(ack.get("status").asText()).isEqualTo("PARTIAL");
            assertThat(ack.get("ignored").get(0).asText()).isEqualTo("disabledFeatures.hologram");
        }));
        int before = optimizer.acks().size();
        optimizer.emit("directive", "{\"protectedHeader\":\"e30\",\"payload\":\"e30\",\"signature\":\"e30\"}");
        assertThat(optimizer.acks()).hasSize(before);
        assertThat(optimizer.registrations().getFirst().get("levers").toString())
                .contains("throttle");
        assertThat(optimizer.registrations().getFirst().get("profiles").get(0).asText())
                .startsWith("e");
    }

    /** Sends a directive newer than all before, and waits until it is acknowledged; yields its label. */
    private String take(Mix mix, int leaseSeconds, @Nullable Throttle throttle, List<String> disabled) {
        return send(directive(mix, leaseSeconds, throttle, disabled, levels(CAPS)));
    }

    private static SortedMap<Integer, LevelCaps> levels(LevelCaps every) {
        return new TreeMap<>(Map.of(1, every, 2, every, 3, every, 4, every));
    }

    /** The table as the optimizer sends it. */
    private static SortedMap<Integer, LevelCaps> measured(Map<ImageFormat, int[]> table) {
        SortedMap<Integer, LevelCaps> levels = new TreeMap<>();
        for (int level = 1; level <= 4; level++) {
            Map<String, Integer> quality = new HashMap<>();
            for (var row : table.entrySet()) {
                quality.put(row.getKey().token(), row.getValue()[level]);
            }
            levels.put(level, new LevelCaps(quality, List.of(), null, null));
        }
        return levels;
    }

    private Directive directive(
            Mix mix,
            int leaseSeconds,
            @Nullable Throttle throttle,
            List<String> disabled,
            SortedMap<Integer, LevelCaps> levels) {
        long generation = optimizer.acks().stream()
                        .mapToLong(ack -> ack.get("generation").asLong())
                        .max()
                        .orElse(0)
                + 1;
        return new Directive(
                "d" + generation,
                Directive.GLOBAL,
                1,
                generation,
                "h" + generation,
                Instant.EPOCH,
                leaseSeconds,
                null,
                Directive.OnExpiry.DECAY,
                List.of("image-worker"),
                new Axes(mix.lower(), 0, 0, 0),
                mix,
                levels,
                throttle,
                null,
                disabled,
                new Directive.Reason("TEST", "a test", Map.of()),
                new Directive.Actor("OPERATOR", "test"),
                null);
    }

    private String send(Directive directive) {
        long generation = directive.generation();
        optimizer.send(directive);
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(optimizer.acks()).anySatisfy(ack -> {
                    assertThat(ack.get("generation").asLong()).isEqualTo(generation);
                    assertThat(ack.get("status").asText()).isIn("APPLIED", "PARTIAL");
                }));
        return "1-" + generation;
    }
}
