package io.sluice.gateway.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.contracts.image.Names;
import io.sluice.platform.neighbour.Neighbours;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.client.HttpResponse;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** Asks image-worker for one source; equal questions at the same time are asked once. */
@ApplicationScoped
class SourceLookups {
    private static final String WORKER = "image-worker";

    private final Neighbours neighbours;
    private final ObjectMapper json;
    private final CatalogueConfig config;
    private final Map<String, CompletableFuture<Lookup>> pending = new ConcurrentHashMap<>();

    SourceLookups(Neighbours neighbours, ObjectMapper json, CatalogueConfig config) {
        this.neighbours = neighbours;
        this.json = json;
        this.config = config;
    }

    /** Completes within the time limit, never exceptionally. */
    CompletableFuture<Lookup> find(String name) {
        CompletableFuture<Lookup> running = pending.get(name);
        if (running != null) {
            return running;
        }
        if (neighbours.url(WORKER).isEmpty()) {
            return failed("image-worker is not configured");
        }
        if (pending.size() >= config.maxLookups()) {
            return failed("too many look-ups at a time");
        }
        CompletableFuture<Lookup> mine = new CompletableFuture<>();
        running = pending.putIfAbsent(name, mine);
        if (running != null) {
            return running;
        }
        neighbours
                .call(WORKER, HttpMethod.GET, address(name), Map.of(), null, config.lookupTimeout())
                .subscribe()
                .with(
                        response -> finish(name, mine, judge(name, response)),
                        failure -> finish(name, mine, new Lookup.Failed(String.valueOf(failure.getMessage()))));
        return mine;
    }

    int pending() {
        return pending.size();
    }

    private void finish(String name, CompletableFuture<Lookup> mine, Lookup result) {
        pending.remove(name, mine);
        mine.complete(result);
    }

    private Lookup judge(String name, HttpResponse<Buffer> response) {
        int status = response.statusCode();
        if (status == 404 || status == 410) {
            return new Lookup.Unknown();
        }
        if (status != 200) {
            return new Lookup.Failed("image-worker answered " + status);
        }
        try {
            return read(name, json.readTree(String.valueOf(response.bodyAsString())));
        } catch (IOException | IllegalArgumentException e) {
            return new Lookup.Failed("image-worker's answer cannot be read");
        }
    }

    private static Lookup read(String name, JsonNode source) {
        if (source.path("deleted").asBoolean()) {
            return new Lookup.Unknown();
        }
        String oid = source.path("oid").asText();
        if (!Names.isOid(oid)) {
            throw new IllegalArgumentException("oid");
        }
        return new Lookup.Found(SourceFacts.of(
                source.path("seq").asLong(),
                name.substring(0, name.indexOf('/')),
                oid,
                source.path("width").asInt(),
                source.path("height").asInt(),
                source.path("alpha").asBoolean()));
    }

    private static String address(String name) {
        int slash = name.indexOf('/');
        String collection = name.substring(0, slash);
        String path = name.substring(slash + 1);
        if (collection.equals(Names.BY_OID)) {
            return "/api/v1/images/" + path;
        }
        StringBuilder address = new StringBuilder("/api/v1/sources/").append(collection);
        for (String segment : path.split("/", -1)) {
            address.append('/')
                    .append(URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20"));
        }
        return address.toString();
    }

    private static CompletableFuture<Lookup> failed(String reason) {
        return CompletableFuture.completedFuture(new Lookup.Failed(reason));
    }
}
