package io.sluice.platform.json;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import jakarta.ws.rs.container.ContainerResponseContext;
import java.util.ArrayList;
import java.util.List;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import org.jspecify.annotations.Nullable;

/**
 * Tells a caller which fields of its body were not known here, in the response header {@value #HEADER}: a comma-separated list
 * of JSON pointers (RFC 6901). A misspelt field is so found without breaking callers that are newer than the service.
 */
public final class IgnoredFields {
    /** Name of the header. */
    public static final String HEADER = "Sluice-Ignored-Fields";

    private static final int MOST = 20;

    static void note(String pointer) {
        List<String> noted = noted();
        if (noted != null && noted.size() < MOST) {
            noted.add(pointer.replaceAll("[^\\x21-\\x2b\\x2d-\\x7e]", "?"));
        }
    }

    @ServerResponseFilter
    public void report(ContainerResponseContext response) {
        List<String> noted = noted();
        if (noted != null && !noted.isEmpty()) {
            response.getHeaders().putSingle(HEADER, String.join(",", noted));
        }
    }

    @SuppressWarnings("unchecked")
    private static @Nullable List<String> noted() {
        Context context = Vertx.currentContext();
        if (!(context instanceof ContextInternal internal) || !internal.isDuplicate()) {
            return null;
        }
        return (List<String>)
                internal.localContextData().computeIfAbsent(IgnoredFields.class, key -> new ArrayList<String>());
    }
}
