package io.sluice.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the steps of the story share: the suite, printing, and waiting for something to come true. */
final class Narrator {
    private final Running running;
    private final Api api;
    private int step;

    Narrator(Running running) {
        this.running = running;
        this.api = new Api(running.secrets().token("operator"));
    }

    Running running() {
        return running;
    }

    Api api() {
        return api;
    }

    void requireReady() throws IOException {
        for (Service service : Service.values()) {
            if (api.get(running.service(service, "/q/health/ready")).status() != 200) {
                throw new Remedy(service.id() + " is not ready: ./sluice status says more.");
            }
        }
    }

    void step(String title) {
        System.out.printf("%n%d. %s%n", ++step, title);
    }

    void say(String format, Object... values) {
        System.out.printf("   " + format + "%n", values);
    }

    /** The answer's JSON; a status that is not 2xx ends the story. */
    JsonNode call(String method, String url, @Nullable Object body) throws IOException {
        Api.Answer answer = api.send(method, url, body);
        if (answer.status() / 100 != 2) {
            throw new Remedy(method + " " + url + " was answered " + answer.status() + ": "
                    + new String(answer.response().body(), java.nio.charset.StandardCharsets.UTF_8));
        }
        return answer.response().body().length == 0 ? Api.JSON.createObjectNode() : answer.json();
    }

    JsonNode get(Service service, String path) throws IOException {
        return call("GET", running.service(service, path), null);
    }

    /** Something that may not be true yet. */
    interface Question<T> {
        /** Null as long as it is not. */
        @Nullable
        T ask() throws IOException;
    }

    /** Asks ten times a second until there is an answer; without one in time the story ends. */
    <T> T await(String what, Duration patience, Question<T> question) throws IOException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            T answer = question.ask();
            if (answer != null) {
                return answer;
            }
            if (System.nanoTime() > deadline) {
                throw new Remedy("This did not happen within " + patience.toSeconds() + " s: " + what + ".");
            }
            pause(Duration.ofMillis(100));
        }
    }

    static void pause(Duration length) {
        try {
            Thread.sleep(length);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Remedy("Interrupted.", e);
        }
    }

    /**
     * A picture as a client gets it, redirects followed.
     *
     * @param answer the last answer
     * @param redirects how many there were
     * @param edge base address of the last host
     */
    record Fetched(Api.Answer answer, int redirects, String edge) {
        String mediaType() {
            return answer.header("content-type");
        }

        int bytes() {
            return answer.response().body().length;
        }
    }

    /** Fetches through the gateway with an Accept header and follows up to five redirects. */
    Fetched fetch(String path, String accept) throws IOException {
        String url = "http://127.0.0.1:" + running.ports().delivery() + path;
        int redirects = 0;
        while (true) {
            Api.Answer answer = api.get(url, Map.of("Accept", accept));
            if (answer.status() / 100 != 3 || redirects == 5) {
                String edge = url.substring(0, url.indexOf('/', 8));
                return new Fetched(answer, redirects, edge);
            }
            url = java.net.URI.create(url).resolve(answer.header("location")).toString();
            redirects++;
        }
    }
}
