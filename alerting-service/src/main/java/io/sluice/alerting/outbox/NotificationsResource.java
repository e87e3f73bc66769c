package io.sluice.alerting.outbox;

import io.sluice.contracts.page.Page;
import io.sluice.platform.access.Roles;
import io.sluice.platform.problem.InvalidRequest;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** What was told to whom, how often it was tried and how it ended. */
@Path("/api/v1/notifications")
@RolesAllowed(Roles.VIEWER)
public class NotificationsResource {
    private final NotificationStore store;

    NotificationsResource(NotificationStore store) {
        this.store = store;
    }

    @GET
    @Operation(summary = "Deliveries, newest first", description = "limit 1 to 1,000.")
    public Uni<Page<DeliveryView>> list(@RestQuery @DefaultValue("100") int limit, @RestQuery @Nullable String cursor) {
        if (limit < 1 || limit > 1000) {
            throw new InvalidRequest("limit", "must be 1 to 1000");
        }
        return store.page(before(cursor), limit)
                .map(items -> new Page<>(
                        items,
                        items.size() < limit
                                ? null
                                : Long.toString(items.getLast().id())));
    }

    private static long before(@Nullable String cursor) {
        if (cursor == null) {
            return Long.MAX_VALUE;
        }
        if (!cursor.matches("\\d{1,18}")) {
            throw new InvalidRequest("cursor", "must be what 'next' of the page before said");
        }
        return Long.parseLong(cursor);
    }
}
