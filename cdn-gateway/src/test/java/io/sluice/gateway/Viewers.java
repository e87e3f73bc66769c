package io.sluice.gateway;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Constant load: asks for photographs, follows the redirect, and after a bad one the first alternate in {@code Link}. */
final class Viewers implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofMillis(8);
    private static final Pattern FIRST_ALTERNATE = Pattern.compile("<([^>]+)>");

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();
    private final String gateway;
    private final int photos;
    private final List<View> views = new CopyOnWriteArrayList<>();
    private final Thread thread = Thread.ofVirtual().unstarted(this::view);
    private volatile boolean over;

    /**
     * What became of one request.
     *
     * @param at when the redirect came
     * @param base address of the CDN it named
     * @param bad whether that CDN failed
     * @param saved whether the first alternate had it then
     */
    record View(Instant at, String base, boolean bad, boolean saved) {}

    Viewers(int port, int photos) {
        this.gateway = "http://127.0.0.1:" + port;
        this.photos = photos;
        thread.start();
    }

    /** So far, oldest first. */
    List<View> views() {
        return List.copyOf(views);
    }

    @Override
    public void close() {
        over = true;
        try {
            thread.join(Duration.ofSeconds(30));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void view() {
        try {
            for (int i = 0; !over; i++) {
                HttpResponse<String> redirect = get(gateway + "/img/photos/load-" + i % photos + ".jpg?w=500");
                String location = redirect.headers().firstValue("Location").orElseThrow();
                Instant at = Instant.now();
                boolean bad = !served(location);
                Matcher alternate = FIRST_ALTERNATE.matcher(
                        redirect.headers().firstValue("Link").orElse(""));
                boolean saved = bad && alternate.find() && served(alternate.group(1));
                views.add(new View(at, location.substring(0, location.indexOf("/v/")), bad, saved));
                Thread.sleep(PAUSE);
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean served(String url) throws InterruptedException {
        try {
            return get(url).statusCode() < 500;
        } catch (IOException e) {
            return false;
        }
    }

    private HttpResponse<String> get(String url) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create(url)).timeout(TIMEOUT).build(), HttpResponse.BodyHandlers.ofString());
    }
}
