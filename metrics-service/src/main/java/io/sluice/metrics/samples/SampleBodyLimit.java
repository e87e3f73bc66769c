package io.sluice.metrics.samples;

import jakarta.ws.rs.container.ContainerRequestContext;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Refuses a batch that is too large by its Content-Length, before it is read; the service's own limit is that of logs. */
public final class SampleBodyLimit {
    private final SampleConfig config;

    SampleBodyLimit(SampleConfig config) {
        this.config = config;
    }

    @ServerRequestFilter
    public void limit(ContainerRequestContext request) {
        if (!request.getUriInfo().getPath().endsWith("/api/v1/samples")) {
            return;
        }
        if (request.getHeaderString("Transfer-Encoding") != null) {
            throw new LengthRequired();
        }
        long most = config.maxBody().asLongValue();
        if (request.getLength() > most) {
            throw new BatchTooLarge("Send at most " + most + " bytes at a time.");
        }
    }
}
