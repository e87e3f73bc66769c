package io.sluice.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The part of the story about one photograph and two edges. */
final class DeliveryStory {
    private static final String PHOTO = "/img/photos/sunset.jpg?w=640";
    private static final List<String> PHOTOS =
            List.of("friends.jpg", "night.jpg", "seeds.jpg", "sunset.jpg", "umang.jpg", "wine.jpg");
    private static final String WEBP = "image/webp,*/*;q=0.8";
    private static final Duration DRILL = Duration.ofSeconds(3);

    private final Narrator narrator;

    DeliveryStory(Narrator narrator) {
        this.narrator = narrator;
    }

    void threeFormats() throws IOException {
        narrator.step("One photograph, three clients: the Accept header decides");
        JsonNode source = narrator.get(Service.IMAGE_WORKER, "/api/v1/sources/photos/sunset.jpg");
        narrator.say(
                "source: %,d bytes, %d x %d",
                source.path("bytes").asLong(),
                source.path("width").asInt(),
                source.path("height").asInt());
        for (String[] client : new String[][] {
            {"image/avif,image/webp,*/*;q=0.8", "image/avif"}, {WEBP, "image/webp"}, {"image/jpeg", "image/jpeg"}
        }) {
            long begin = System.nanoTime();
            Narrator.Fetched first = narrator.fetch(PHOTO, client[0]);
            Narrator.Fetched fetched = narrator.await(
                    client[1] + " for Accept: " + client[0], Duration.ofSeconds(40), () -> picture(client));
            requireMagic(fetched, client[1]);
            narrator.say(
                    "Accept: %-32s -> %-10s %,8d bytes%s",
                    client[0],
                    fetched.mediaType(),
                    fetched.bytes(),
                    first.mediaType().equals(client[1])
                            ? ""
                            : " (%s until the deferred encode was published, %.1f s)"
                                    .formatted(first.mediaType(), (System.nanoTime() - begin) / 1e9));
        }
    }

    void secondFetchIsAHit() throws IOException {
        narrator.step("The second fetch comes from the edge's cache");
        narrator.fetch(PHOTO, WEBP);
        Narrator.Fetched second = narrator.fetch(PHOTO, WEBP);
        String status = second.answer().header("cache-status");
        if (!status.contains("hit")) {
            throw new Remedy("The second fetch was no hit: Cache-Status: " + status + ".");
        }
        narrator.say("Cache-Status: %s", status);
    }

    void drill() throws IOException {
        narrator.step("A drill: one edge counts as failed, before anything does fail");
        String victim = edgeOf(narrator.fetch(PHOTO, WEBP).edge());
        String drills = narrator.running().service(Service.CDN_GATEWAY, "/api/v1/drills");
        String id = narrator.call(
                        "POST",
                        drills,
                        Map.of("cdn", victim, "percent", 100, "duration", DRILL.toString(), "reason", "demonstration"))
                .path("id")
                .asText();
        int served = 0;
        int failed = 0;
        long end = System.nanoTime() + DRILL.toNanos();
        while (System.nanoTime() < end) {
            for (String photo : PHOTOS) {
                boolean good = succeeds("/img/photos/" + photo + "?w=640");
                served += good ? 1 : 0;
                failed += good ? 0 : 1;
            }
            Narrator.pause(Duration.ofMillis(50));
        }
        JsonNode drill = narrator.await("the drill ends by itself", Duration.ofSeconds(10), () -> over(drills, id));
        JsonNode report = drill.path("report");
        if (failed > 0 || report.path("moved").asInt() == 0) {
            throw new Remedy("The drill moved nothing, or clients noticed: " + drill);
        }
        narrator.say(
                "%s counted as failed for %d s: of %d requests %d were taken by another edge, %d kept, %d unserved",
                victim,
                DRILL.toSeconds(),
                report.path("requests").asInt(),
                report.path("moved").asInt(),
                report.path("kept").asInt(),
                report.path("unserved").asInt());
        narrator.say(
                "clients: %d pictures served, %d failed; the drill is %s",
                served, failed, drill.path("state").asText());
    }

    private @Nullable JsonNode over(String drills, String id) throws IOException {
        JsonNode drill = narrator.call("GET", drills + "/" + id, null);
        return drill.path("state").asText().equals("RUNNING") ? null : drill;
    }

    void edgeKilled() throws IOException {
        narrator.step("One edge is killed: requests move to the other");
        String victim = edgeOf(narrator.fetch(PHOTO, WEBP).edge());
        int failed = 0;
        int served = 0;
        long begin = System.nanoTime();
        control("/edges/" + victim + "/kill");
        try {
            long lastFailure = begin;
            while (System.nanoTime() - begin < Duration.ofSeconds(12).toNanos()) {
                for (String photo : PHOTOS) {
                    if (succeeds("/img/photos/" + photo + "?w=640")) {
                        served++;
                    } else {
                        failed++;
                        lastFailure = System.nanoTime();
                    }
                }
                Narrator.pause(Duration.ofMillis(50));
            }
            if (System.nanoTime() - lastFailure < Duration.ofSeconds(3).toNanos()) {
                throw new Remedy("Requests still fail 12 s after " + victim + " was killed.");
            }
            JsonNode cdn = narrator.get(Service.CDN_GATEWAY, "/api/v1/cdns/" + victim);
            narrator.say(
                    "%s killed: %d of %d requests failed, the last one %.1f s after the kill; the gateway says %s is %s",
                    victim,
                    failed,
                    failed + served,
                    failed == 0 ? 0.0 : (lastFailure - begin) / 1e9,
                    victim,
                    cdn.path("status").asText());
        } finally {
            control("/edges/" + victim + "/start");
        }
        narrator.await(victim + " is used again", Duration.ofSeconds(40), () -> up(victim));
        narrator.say("%s started again and is back", victim);
    }

    private @Nullable Boolean up(String cdn) throws IOException {
        JsonNode status = narrator.get(Service.CDN_GATEWAY, "/api/v1/cdns/" + cdn);
        return status.path("status").asText().equals("UP") ? Boolean.TRUE : null;
    }

    private Narrator.@Nullable Fetched picture(String[] client) throws IOException {
        Narrator.Fetched fetched = narrator.fetch(PHOTO, client[0]);
        return fetched.answer().status() == 200 && fetched.mediaType().equals(client[1]) ? fetched : null;
    }

    private boolean succeeds(String path) {
        try {
            return narrator.fetch(path, WEBP).answer().status() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private String edgeOf(String base) {
        for (String edge : Edge.NAMES) {
            if (base.endsWith(":" + narrator.running().ports().edge(edge))) {
                return edge;
            }
        }
        throw new Remedy("The gateway redirected to " + base + ", which is no edge.");
    }

    private void control(String path) throws IOException {
        narrator.call("POST", narrator.running().control(path), null);
    }

    private static void requireMagic(Narrator.Fetched fetched, String mediaType) {
        byte[] body = fetched.answer().response().body();
        String head = new String(Arrays.copyOf(body, 16), java.nio.charset.StandardCharsets.ISO_8859_1);
        boolean fits = switch (mediaType) {
            case "image/avif" -> head.startsWith("ftypavif", 4);
            case "image/webp" -> head.startsWith("RIFF") && head.startsWith("WEBP", 8);
            default -> head.startsWith("\u00ff\u00d8\u00ff");
        };
        if (!fits) {
            throw new Remedy("The bytes of " + mediaType + " are not that.");
        }
    }
}
