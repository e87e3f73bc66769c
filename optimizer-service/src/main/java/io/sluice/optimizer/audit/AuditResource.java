package io.sluice.optimizer.audit;

import io.sluice.contracts.page.Page;
import io.sluice.platform.access.Roles;
import io.sluice.platform.problem.InvalidRequest;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** History: who did what, and whether anybody has changed it since. */
@Path("/api/v1/audit")
public class AuditResource {
    private static final int PAGE = 1000;

    private final AuditStore store;

    AuditResource(AuditStore store) {
        this.store = store;
    }

    /**
     * What a look at the whole chain found.
     *
     * @param intact whether every entry follows the one before it
     * @param entries that were looked at
     * @param head hash of the last one; kept elsewhere, it also proves that none was cut off the end
     * @param brokenAt the first entry that does not fit; absent when intact
     */
    public record Verification(
            boolean intact,
            long entries,
            String head,
            @Nullable Long brokenAt) {}

    @GET
    @RolesAllowed(Roles.VIEWER)
    @Operation(summary = "Who did what, newest first; each entry carries the hash of the one before it")
    public Uni<Page<AuditEntry>> list(
            @QueryParam("limit") @DefaultValue("100") int limit, @QueryParam("cursor") @Nullable String cursor) {
        if (limit < 1 || limit > PAGE) {
            throw new InvalidRequest("limit", "must be 1-" + PAGE);
        }
        return store.before(position(cursor), limit)
                .map(items -> new Page<>(
                        items,
                        items.size() == limit ? Long.toString(items.getLast().seq()) : null));
    }

    @GET
    @Path("verification")
    @RolesAllowed(Roles.VIEWER)
    @Operation(summary = "Computes the whole chain anew")
    public Uni<Verification> verify() {
        return verify(0, "");
    }

    private Uni<Verification> verify(long seq, String hash) {
        return store.after(seq, PAGE).flatMap(entries -> {
            long last = seq;
            String head = hash;
            for (AuditEntry entry : entries) {
                if (!entry.follows(head, last)) {
                    return Uni.createFrom().item(new Verification(false, last, head, entry.seq()));
                }
                last = entry.seq();
                head = entry.hash();
            }
            return full(entries) ? verify(last, head) : Uni.createFrom().item(new Verification(true, last, head, null));
        });
    }

    private static boolean full(List<AuditEntry> entries) {
        return entries.size() == PAGE;
    }

    private static long position(@Nullable String cursor) {
        try {
            return cursor == null ? Long.MAX_VALUE : Long.parseLong(cursor);
        } catch (NumberFormatException e) {
            throw new InvalidRequest("cursor", "must be the next of an earlier page");
        }
    }
}
