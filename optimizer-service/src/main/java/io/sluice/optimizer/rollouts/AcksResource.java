package io.sluice.optimizer.rollouts;

import io.sluice.contracts.directive.Ack;
import io.sluice.contracts.directive.Directive;
import io.sluice.platform.access.Roles;
import io.sluice.platform.problem.InvalidRequest;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/** Receivers say here what they did with a directive. */
@Path("/api/v1/workers/{id}/acks")
public class AcksResource {
    private static final int LONGEST_MESSAGE = 1000;
    private static final int MOST_IGNORED = 100;

    private final Acks acks;

    AcksResource(Acks acks) {
        this.acks = acks;
    }

    @POST
    @RolesAllowed(Roles.SERVICE)
    @Operation(summary = "Acknowledge a directive", description = "Harmless to repeat.")
    @APIResponse(responseCode = "204", description = "Taken")
    @APIResponse(responseCode = "404", description = "The receiver is not registered")
    @APIResponse(responseCode = "409", description = "other-boot, never-sent or content-mismatch")
    public Uni<Void> acknowledge(String id, @Nullable Ack ack) {
        if (ack == null) {
            throw new InvalidRequest("body", "is required");
        }
        require("bootId", ack.bootId());
        require("scope", ack.scope());
        require("contentHash", ack.contentHash());
        require("status", ack.status());
        if (!Directive.isScope(ack.scope())) {
            throw new InvalidRequest("scope", "must be global or collection:{name}");
        }
        if (ack.message() != null && ack.message().length() > LONGEST_MESSAGE) {
            throw new InvalidRequest("message", "must have at most " + LONGEST_MESSAGE + " characters");
        }
        if (ack.ignored().size() > MOST_IGNORED
                || ack.ignored().stream().anyMatch(lever -> lever.length() > LONGEST_MESSAGE)) {
            throw new InvalidRequest("ignored", "must be at most " + MOST_IGNORED + " names of levers");
        }
        if (hasNul(id) || hasNul(ack.message()) || ack.ignored().stream().anyMatch(AcksResource::hasNul)) {
            throw new InvalidRequest("body", "must not contain the character U+0000");
        }
        return acks.take(id, ack);
    }

    /** PostgreSQL stores every character but this. */
    private static boolean hasNul(@Nullable String text) {
        return text != null && text.indexOf(0) >= 0;
    }

    private static void require(String field, @Nullable Object value) {
        if (value == null) {
            throw new InvalidRequest(field, "is required");
        }
    }
}
