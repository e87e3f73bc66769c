package io.sluice.benchmarks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * HTTP as a client of the services and of the peers. Blocking; redirects are not followed; a write that is answered 503, as while
 * a service migrates its schema, is sent again for up to a minute. Thread-safe.
 */
final class Api implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long PATIENCE_NANOS = 60_000_000_000L;
    private static final long PAUSE_NANOS = 200_000_000L;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final String token;

    Api(String token) {
        this.token = token;
    }

    HttpResponse<byte[]> get(String url, String accept) {
        return send(request(url).header("Accept", accept).GET());
    }

    JsonNode post(String url, String mediaType, byte[] body) {
        return json(persist(authorised(url).header("Content-Type", mediaType).POST(BodyPublishers.ofByteArray(body))));
    }

    JsonNode post(String url, Object body) {
        return json(persist(
                authorised(url).header("Content-Type", "application/json").POST(written(body))));
    }

    JsonNode put(String url, Object body) {
        return json(persist(
                authorised(url).header("Content-Type", "application/json").PUT(written(body))));
    }

    @Override
    public void close() {
        http.close();
    }

    private HttpRequest.Builder request(String url) {
        return HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofMinutes(5));
    }

    private HttpRequest.Builder authorised(String url) {
        return request(url).header("Authorization", "Bearer " + token);
    }

    private HttpResponse<byte[]> persist(HttpRequest.Builder request) {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        HttpResponse<byte[]> response = send(request);
        while (response.statusCode() == 503 && System.nanoTime() < deadline) {
            LockSupport.parkNanos(PAUSE_NANOS);
            response = send(request);
        }
        return response;
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new CannotMeasure(request.build().uri() + " cannot be reached: " + e + ".", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotMeasure("The benchmark was interrupted.", e);
        }
    }

    private static BodyPublisher written(Object body) {
        try {
            return BodyPublishers.ofString(JSON.writeValueAsString(body));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static JsonNode json(HttpResponse<byte[]> response) {
        try {
            JsonNode body = JSON.readTree(response.body());
            if (response.statusCode() / 100 != 2) {
                throw new CannotMeasure(response.uri() + " answered " + response.statusCode() + ": "
                        + body.path("detail").asText(body.toString()) + ".");
            }
            return body;
        } catch (IOException e) {
            throw new CannotMeasure(response.uri() + " answered " + response.statusCode() + " without JSON.", e);
        }
    }
}
