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

/** HTTP as a client of the services and of the peers. Blocking; redirects are not followed. Thread-safe. */
final class Api implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

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
        return json(send(authorised(url).header("Content-Type", mediaType).POST(BodyPublishers.ofByteArray(body))));
    }

    JsonNode put(String url, Object body) {
        return json(
                send(authorised(url).header("Content-Type", "application/json").PUT(written(body))));
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
