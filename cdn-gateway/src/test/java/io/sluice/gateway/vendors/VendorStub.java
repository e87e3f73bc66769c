package io.sluice.gateway.vendors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.sluice.testkit.http.FreePorts;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cloudflare, CloudFront, Fastly and Bunny as their documents describe them: keys and signatures checked, bodies of one kind,
 * limits enforced with 429, their own shapes of errors. Remembers what it purged.
 */
public final class VendorStub implements AutoCloseable {
    public static final String CLOUDFLARE_TOKEN = "cf-secret";
    public static final String FASTLY_KEY = "fastly-secret";
    public static final String BUNNY_KEY = "bunny-secret";
    public static final String AWS_ID = "AKIDEXAMPLE";
    public static final String AWS_SECRET = "aws-secret";

    private static final Pattern PATH = Pattern.compile("<Path>([^<]*)</Path>");
    private static final Pattern REFERENCE = Pattern.compile("<CallerReference>([^<]*)</CallerReference>");
    private static final Pattern QUANTITY = Pattern.compile("<Quantity>(\\d+)</Quantity>");

    private final int port = FreePorts.next();
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> purged = new CopyOnWriteArrayList<>();
    private final List<String> refused = new CopyOnWriteArrayList<>();
    private final Map<String, Integer> invalidations = new ConcurrentHashMap<>();
    private final Map<String, String> byReference = new ConcurrentHashMap<>();
    private volatile int failures;
    private volatile Failure failure = Failure.STATUS_500;
    private volatile int budget = Integer.MAX_VALUE;

    /** How the next calls fail. */
    public enum Failure {
        STATUS_500,
        /** Cloudflare's 200 that is none. */
        UNSUCCESSFUL_200,
        LIMITED
    }

    public VendorStub() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/cloudflare/zones/", exchange -> guarded(exchange, this::cloudflare));
        server.createContext("/2020-05-31/distribution/", exchange -> guarded(exchange, this::cloudFront));
        server.createContext("/fastly/", exchange -> guarded(exchange, this::fastly));
        server.createContext("/bunny/", exchange -> guarded(exchange, this::bunny));
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + port;
    }

    /** Everything purged so far, as {@code vendor operation value}. */
    public List<String> purged() {
        return List.copyOf(purged);
    }

    /** Why calls were refused so far. */
    public List<String> refused() {
        return List.copyOf(refused);
    }

    public void reset() {
        purged.clear();
        refused.clear();
        failures = 0;
        budget = Integer.MAX_VALUE;
    }

    /** Fails the next {@code calls} calls. */
    public void fail(int calls, Failure how) {
        failure = how;
        failures = calls;
    }

    /** Answers 429 after so many calls. */
    public void allow(int calls) {
        budget = calls;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private interface Answer {
        Reply to(HttpExchange exchange, String body) throws IOException;
    }

    private record Reply(int status, String body) {}

    private synchronized void guarded(HttpExchange exchange, Answer answer) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Reply reply;
        if (failures > 0) {
            failures--;
            reply = failing(exchange);
        } else if (budget-- <= 0) {
            reply = new Reply(429, "{\"msg\":\"slow down\"}");
        } else {
            reply = answer.to(exchange, body);
        }
        if (reply.status() >= 300) {
            refused.add(reply.status() + " " + reply.body());
        }
        byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private Reply failing(HttpExchange exchange) {
        return switch (failure) {
            case STATUS_500 -> new Reply(500, "oops");
            case UNSUCCESSFUL_200 ->
                new Reply(
                        200,
                        "{\"success\":false,\"errors\":[{\"code\":1100,\"message\":\"could not purge\"}],\"result\":null}");
            case LIMITED -> {
                exchange.getResponseHeaders().set("Retry-After", "1");
                yield new Reply(429, "{\"msg\":\"slow down\"}");
            }
        };
    }

    private Reply cloudflare(HttpExchange exchange, String body) {
        if (!("Bearer " + CLOUDFLARE_TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            return new Reply(
                    403, "{\"success\":false,\"errors\":[{\"code\":10000,\"message\":\"Authentication error\"}]}");
        }
        JsonObject request = new JsonObject(body);
        boolean soft = exchange.getRequestURI().getPath().endsWith("/invalidate_cache");
        if (request.size() != 1 || !(soft || exchange.getRequestURI().getPath().endsWith("/purge_cache"))) {
            return new Reply(
                    400, "{\"success\":false,\"errors\":[{\"code\":1012,\"message\":\"one kind a request\"}]}");
        }
        String kind = request.fieldNames().iterator().next();
        if (kind.equals("purge_everything")) {
            purged.add("cloudflare everything");
        } else {
            JsonArray values = request.getJsonArray(kind);
            if (values.size() > (kind.equals("prefixes") ? 30 : 100)) {
                return new Reply(400, "{\"success\":false,\"errors\":[{\"code\":1094,\"message\":\"too many\"}]}");
            }
            values.forEach(value -> purged.add("cloudflare " + (soft ? "soft " : "") + kind + " " + value));
        }
        return new Reply(200, "{\"success\":true,\"errors\":[],\"messages\":[],\"result\":{\"id\":\"cf-1\"}}");
    }

    private Reply cloudFront(HttpExchange exchange, String body) {
        String problem = Sigv4Check.problem(exchange, body, AWS_ID, AWS_SECRET);
        if (problem != null) {
            return error(403, "SignatureDoesNotMatch", problem);
        }
        String path = exchange.getRequestURI().getPath();
        if (exchange.getRequestMethod().equals("GET")) {
            String id = path.substring(path.lastIndexOf('/') + 1);
            int left = invalidations.merge(id, -1, Integer::sum);
            return new Reply(200, invalidation(id, left > 0 ? "InProgress" : "Completed"));
        }
        Matcher reference = REFERENCE.matcher(body);
        Matcher quantity = QUANTITY.matcher(body);
        List<String> items = new ArrayList<>();
        for (Matcher item = PATH.matcher(body); item.find(); ) {
            items.add(item.group(1));
        }
        if (!reference.find() || !quantity.find() || Integer.parseInt(quantity.group(1)) != items.size()) {
            return error(400, "InvalidArgument", "Quantity is not the number of items");
        }
        boolean underWay = invalidations.values().stream().anyMatch(left -> left > 0);
        if (underWay || items.stream().filter(item -> item.endsWith("*")).count() > 15) {
            return error(400, "TooManyInvalidationsInProgress", "later");
        }
        String known = byReference.putIfAbsent(reference.group(1), body);
        if (known != null && !known.equals(body)) {
            return error(409, "InvalidationBatchAlreadyExists", "same reference, other paths");
        }
        items.forEach(item -> purged.add("cloudfront path " + item));
        String id = "I" + invalidations.size();
        invalidations.put(id, 1);
        return new Reply(201, invalidation(id, "InProgress"));
    }

    private Reply fastly(HttpExchange exchange, String body) {
        if (!FASTLY_KEY.equals(exchange.getRequestHeaders().getFirst("Fastly-Key"))) {
            return new Reply(401, "{\"msg\":\"Provided credentials are missing or invalid\"}");
        }
        String soft = "1".equals(exchange.getRequestHeaders().getFirst("Fastly-Soft-Purge")) ? "soft " : "";
        String path = exchange.getRequestURI().getPath().substring("/fastly".length());
        if (path.startsWith("/purge/")) {
            purged.add("fastly " + soft + "url " + path.substring("/purge/".length()));
            return new Reply(200, "{\"status\":\"ok\",\"id\":\"108-1\"}");
        }
        if (path.endsWith("/purge_all")) {
            purged.add("fastly everything");
            return new Reply(200, "{\"status\":\"ok\"}");
        }
        JsonArray keys = new JsonObject(body).getJsonArray("surrogate_keys");
        if (keys.size() > 256) {
            return new Reply(400, "{\"msg\":\"Batch surrogate key request only supports up to 256\"}");
        }
        JsonObject answer = new JsonObject();
        keys.forEach(key -> {
            purged.add("fastly " + soft + "key " + key);
            answer.put(key.toString(), "108-2");
        });
        return new Reply(200, answer.encode());
    }

    private Reply bunny(HttpExchange exchange, String body) {
        if (!BUNNY_KEY.equals(exchange.getRequestHeaders().getFirst("AccessKey"))) {
            return new Reply(401, "{\"Message\":\"Authorization has been denied for this request.\"}");
        }
        if (exchange.getRequestURI().getPath().endsWith("/purgeCache")) {
            purged.add(body.isEmpty() ? "bunny everything" : "bunny tag " + new JsonObject(body).getString("CacheTag"));
            return new Reply(204, "");
        }
        String query = exchange.getRequestURI().getRawQuery();
        String url = URLDecoder.decode(query.substring("url=".length(), query.indexOf('&')), StandardCharsets.UTF_8);
        boolean exact = query.endsWith("exactPath=true");
        if (exact == url.endsWith("*")) {
            return new Reply(400, "{\"Message\":\"exactPath and a wildcard\"}");
        }
        purged.add("bunny " + (exact ? "url " : "prefix ") + url);
        return new Reply(200, "");
    }

    private static String invalidation(String id, String status) {
        return "<?xml version=\"1.0\"?><Invalidation xmlns=\"http://cloudfront.amazonaws.com/doc/2020-05-31/\"><Id>"
                + id + "</Id><Status>" + status + "</Status></Invalidation>";
    }

    private static Reply error(int status, String code, String message) {
        return new Reply(
                status,
                "<?xml version=\"1.0\"?><ErrorResponse><Error><Type>Sender</Type><Code>" + code + "</Code><Message>"
                        + message + "</Message></Error><RequestId>r</RequestId></ErrorResponse>");
    }
}
