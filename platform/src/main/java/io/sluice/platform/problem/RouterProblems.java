package io.sluice.platform.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.sluice.contracts.problem.Problem;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URI;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Problems for what fails before a resource is reached: a body over the limit, a path that cannot be decoded. */
@ApplicationScoped
class RouterProblems {
    private static final int BEFORE_THE_SERVERS_OWN_CHECK = 10_000;

    private final ObjectMapper json;
    private final long limit;

    RouterProblems(
            ObjectMapper json, @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize maxBodySize) {
        this.json = json;
        this.limit = maxBodySize.asLongValue();
    }

    void register(@Observes Filters filters) {
        filters.register(this::refuseOversized, BEFORE_THE_SERVERS_OWN_CHECK);
    }

    void register(@Observes Router router) {
        router.route().order(Integer.MIN_VALUE).failureHandler(this::answer);
    }

    private void refuseOversized(RoutingContext context) {
        String length = context.request().getHeader("Content-Length");
        if (length != null && length.length() < 19 && longer(length)) {
            write(context, 413);
            return;
        }
        context.next();
    }

    private boolean longer(String length) {
        try {
            return Long.parseLong(length) > limit;
        } catch (NumberFormatException e) {
            return false; // the server refuses it
        }
    }

    private void answer(RoutingContext context) {
        int status = context.statusCode();
        if (status != 413 && status != 400 && status != 414 && status != 431) {
            context.next();
            return;
        }
        if (context.response().ended() || context.response().headWritten()) {
            return;
        }
        write(context, status);
    }

    private void write(RoutingContext context, int status) {
        Problem problem = switch (status) {
            case 413 -> problem(413, "body-too-large", "The body is too large", "Send it in smaller parts.");
            case 414 -> problem(414, "uri-too-long", "The address is too long", "Shorten path or query.");
            case 431 ->
                problem(431, "headers-too-large", "The headers are too large", "Send fewer or shorter headers.");
            default -> problem(400, "bad-request", "The request cannot be read", "Check path and encoding.");
        };
        if (context.request().version() != HttpVersion.HTTP_2) { // which knows no such header
            context.response().putHeader("Connection", "close");
        }
        try {
            context.response()
                    .setStatusCode(status)
                    .putHeader("Content-Type", Problem.MEDIA_TYPE)
                    .end(Buffer.buffer(json.writeValueAsBytes(problem)));
        } catch (JsonProcessingException e) {
            context.next();
        }
    }

    private static Problem problem(int status, String slug, String title, String detail) {
        return new Problem(URI.create("/problems/" + slug), title, status, detail, null, List.of());
    }
}
