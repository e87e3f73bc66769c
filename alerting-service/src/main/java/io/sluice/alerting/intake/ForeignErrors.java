package io.sluice.alerting.intake;

import io.sluice.contracts.problem.Problem;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.MediaType;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** Below {@code /api/v2} errors are Alertmanager's {@code {"code", "message"}}, not problems. */
public final class ForeignErrors {
    @ServerResponseFilter
    public void translate(ContainerRequestContext request, ContainerResponseContext response) {
        String path = request.getUriInfo().getPath();
        if (response.getEntity() instanceof Problem problem && path.startsWith("/api/v2/")) {
            Map<String, Object> error = new LinkedHashMap<>();
            error.put("code", problem.status());
            error.put(
                    "message",
                    switch (problem.status()) {
                        case 404 -> "path " + path + " was not found";
                        case 405 -> "method " + request.getMethod() + " is not allowed";
                        default -> String.valueOf(problem.detail());
                    });
            response.setEntity(error, null, MediaType.APPLICATION_JSON_TYPE);
        }
    }
}
