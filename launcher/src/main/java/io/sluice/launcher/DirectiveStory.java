package io.sluice.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The part of the story about levels: one that an operator sets, and what happens when the optimizer dies. */
final class DirectiveStory {
    private static final String PHOTO = "/img/photos/umang.jpg?w=1024";
    private static final String WEBP = "image/webp,*/*;q=0.8";

    private final Narrator narrator;

    DirectiveStory(Narrator narrator) {
        this.narrator = narrator;
    }

    void levelTwo(Duration length) throws IOException {
        narrator.step("An operator sets level 2 for " + length.toSeconds() + " s");
        int before = narrator.fetch(PHOTO, WEBP).bytes();
        JsonNode override = override(2, length);
        long generation = override.path("generation").asLong();
        JsonNode rollout =
                narrator.get(Service.OPTIMIZER_SERVICE, "/api/v1/rollouts/global/" + generation + "?wait=PT20S");
        for (JsonNode worker : rollout.path("workers")) {
            narrator.say(
                    "%-16s %-8s %s",
                    worker.path("id").asText(),
                    worker.path("status").asText("-"),
                    worker.path("at").asText(""));
        }
        if (!rollout.path("state").asText().equals("COMPLETE")
                || rollout.path("applied").asInt() == 0) {
            throw new Remedy("Generation " + generation + " was not acknowledged: " + rollout + ".");
        }
        int during = narrator.await("the same request gets fewer bytes", Duration.ofSeconds(20), () -> smaller(before));
        narrator.say(
                "%s: %,d bytes before, %,d at level 2 (%.0f %% fewer)", PHOTO, before, during, saved(before, during));
        narrator.say("waiting for its end ..");
        int after = narrator.await("back to normal when the override ends", length.plusSeconds(40), () -> same(before));
        narrator.say("%,d bytes again", after);
    }

    void optimizerKilled() throws IOException {
        narrator.step("The optimizer is killed at level 1: leases run out, receivers decay to normal");
        int before = narrator.fetch(PHOTO, WEBP).bytes();
        JsonNode override = override(1, Duration.ofMinutes(10));
        narrator.await("level 1 is in force", Duration.ofSeconds(20), () -> smaller(before));
        long begin = System.nanoTime();
        control("kill");
        try {
            narrator.await("normal without the optimizer", Duration.ofSeconds(90), () -> same(before));
            narrator.say(
                    "normal again %.0f s after the kill, by the receivers' own clocks",
                    (System.nanoTime() - begin) / 1e9);
        } finally {
            control("start");
        }
        narrator.await("the optimizer is ready", Duration.ofSeconds(60), this::optimizerReady);
        narrator.await("the override is ended", Duration.ofSeconds(60), () -> ended(override));
        narrator.await("normal with the optimizer", Duration.ofSeconds(60), () -> same(before));
        narrator.say("the optimizer is back; the override was ended");
    }

    private JsonNode override(int level, Duration length) throws IOException {
        return narrator.call(
                "POST",
                narrator.running().service(Service.OPTIMIZER_SERVICE, "/api/v1/overrides"),
                Map.of(
                        "scope", "global",
                        "axis", "egress",
                        "kind", "PIN",
                        "level", level,
                        "immediate", true,
                        "ttl", length.toString(),
                        "reason", "demonstration"));
    }

    private @Nullable Boolean ended(JsonNode override) throws IOException {
        int status = narrator.api()
                .send(
                        "DELETE",
                        narrator.running()
                                .service(
                                        Service.OPTIMIZER_SERVICE,
                                        "/api/v1/overrides/"
                                                + override.path("override")
                                                        .path("id")
                                                        .asText()),
                        null)
                .status();
        return (status / 100 == 2 || status == 404) ? Boolean.TRUE : null;
    }

    private @Nullable Integer smaller(int before) throws IOException {
        Narrator.Fetched fetched = narrator.fetch(PHOTO, WEBP);
        return fetched.answer().status() == 200 && fetched.bytes() < before ? fetched.bytes() : null;
    }

    private @Nullable Integer same(int before) throws IOException {
        Narrator.Fetched fetched = narrator.fetch(PHOTO, WEBP);
        return fetched.answer().status() == 200 && fetched.bytes() == before ? before : null;
    }

    private @Nullable Boolean optimizerReady() {
        try {
            return narrator.api()
                                    .get(narrator.running().service(Service.OPTIMIZER_SERVICE, "/q/health/ready"))
                                    .status()
                            == 200
                    ? Boolean.TRUE
                    : null;
        } catch (IOException e) {
            return null;
        }
    }

    private void control(String action) throws IOException {
        narrator.call("POST", narrator.running().control("/services/optimizer-service/" + action), null);
    }

    private static double saved(int before, int after) {
        return 100.0 * (before - after) / before;
    }
}
