package io.sluice.testkit.github;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What goes back.
 *
 * @param delayMillis how long to say nothing first
 * @param whole false: only half of the body is sent, then the connection is cut
 */
record Reply(int status, Map<String, String> headers, String body, long delayMillis, boolean whole) {
    static final ObjectMapper JSON = JsonMapper.builder()
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private static final String DOCUMENTATION = "https://docs.github.com/rest/billing/usage";

    Reply(int status, Map<String, String> headers, String body) {
        this(status, headers, body, 0, true);
    }

    static Reply ok(String body) {
        return new Reply(200, Map.of("Content-Type", "application/json; charset=utf-8"), body);
    }

    /** GitHub's error body. */
    static Reply error(int status, String message) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("message", message).put("documentation_url", DOCUMENTATION).put("status", Integer.toString(status));
        return new Reply(status, Map.of("Content-Type", "application/json; charset=utf-8"), body.toString());
    }

    static Reply usage(List<UsageItem> items) {
        ArrayNode rows = JSON.createArrayNode();
        for (UsageItem item : items) {
            ObjectNode row = rows.addObject()
                    .put("date", item.date().toString())
                    .put("product", item.product())
                    .put("sku", item.sku())
                    .put("quantity", item.quantity())
                    .put("unitType", item.unitType())
                    .put("pricePerUnit", item.pricePerUnit())
                    .put("grossAmount", item.grossAmount())
                    .put("discountAmount", item.discountAmount())
                    .put("netAmount", item.netAmount())
                    .put("organizationName", item.organizationName());
            if (item.repositoryName() != null) {
                row.put("repositoryName", item.repositoryName());
            }
        }
        return ok("{\"usageItems\":" + rows + "}");
    }

    static String messageOf(int status) {
        return switch (status) {
            case 401 -> "Bad credentials";
            case 403 -> "Resource not accessible by personal access token";
            case 429 -> "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.";
            case 503 -> "Service unavailable";
            default -> "Server Error";
        };
    }

    Reply with(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(more);
        all.putAll(headers);
        return new Reply(status, all, body, delayMillis, whole);
    }

    Reply truncated() {
        return new Reply(status, headers, body, delayMillis, false);
    }

    Reply after(long millis) {
        return new Reply(status, headers, body, millis, whole);
    }

    void send(HttpExchange exchange) throws IOException {
        if (delayMillis > 0) {
            try {
                TimeUnit.MILLISECONDS.sleep(delayMillis);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
        headers.forEach(exchange.getResponseHeaders()::set);
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes, 0, whole ? bytes.length : bytes.length / 2);
            exchange.getResponseBody().flush();
        }
    }
}
