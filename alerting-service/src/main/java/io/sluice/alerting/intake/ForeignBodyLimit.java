package io.sluice.alerting.intake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Refuses a body that announces itself as too large, below {@code /api/v2} in Alertmanager's shape and not as a problem. */
@ApplicationScoped
class ForeignBodyLimit {
    private static final int BEFORE_THE_PLATFORMS_OWN_CHECK = 10_001;

    private final ObjectMapper json;
    private final long limit;

    ForeignBodyLimit(
            ObjectMapper json, @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize maxBodySize) {
        this.json = json;
        this.limit = maxBodySize.asLongValue();
    }

    void register(@Observes Filters filters) {
        filters.register(this::refuseOversized, BEFORE_THE_PLATFORMS_OWN_CHECK);
    }

    private void refuseOversized(RoutingContext context) {
        String length = context.request().getHeader("Content-Length");
        if (length == null || !context.normalizedPath().startsWith("/api/v2/") || !longer(length)) {
            context.next();
            return;
        }
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("code", 413);
        error.put("message", "The body is longer than " + limit + " bytes. Send it in smaller parts.");
        try {
            context.response()
                    .setStatusCode(413)
                    .putHeader("Content-Type", "application/json")
                    .putHeader("Connection", "close")
                    .end(Buffer.buffer(json.writeValueAsBytes(error)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an error is JSON", e);
        }
    }

    private boolean longer(String length) {
        try {
            return Long.parseLong(length) > limit;
        } catch (NumberFormatException e) {
            return false; // the server refuses it
        }
    }
}
