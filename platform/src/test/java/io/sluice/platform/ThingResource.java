package io.sluice.platform;

import io.sluice.platform.access.Roles;
import io.sluice.platform.database.Database;
import io.sluice.platform.problem.InvalidRequest;
import io.sluice.platform.problem.UnknownResource;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;

/** A resource as a service would have it, for the platform's own tests. */
@Path("/api/v1/things")
public class ThingResource {
    private final Database database;

    ThingResource(Database database) {
        this.database = database;
    }

    public record Thing(String name, int size, BigDecimal price, Instant at, Duration length) {
        public Thing {
            if (size < 0) {
                throw new IllegalArgumentException("size must not be negative, was " + size);
            }
        }
    }

    @POST
    @RolesAllowed(Roles.OPERATOR)
    public Uni<Thing> put(Thing thing) {
        if (thing.name() == null) {
            throw new InvalidRequest("name", "is required");
        }
        return database.query(
                        "insert into thing values ($1, $2) on conflict (name) do update set size = excluded.size",
                        Tuple.of(thing.name(), thing.size()))
                .map(rows -> thing);
    }

    @GET
    @Path("{name}")
    @RolesAllowed(Roles.VIEWER)
    public Uni<Integer> size(String name) {
        return database.query("select size from thing where name = $1", Tuple.of(name))
                .map(rows -> {
                    var found = rows.iterator();
                    if (!found.hasNext()) {
                        throw new UnknownResource("thing", name);
                    }
                    return found.next().getInteger(0);
                });
    }

    @POST
    @Path("bytes")
    @Consumes(MediaType.WILDCARD)
    @RolesAllowed(Roles.OPERATOR)
    @RunOnVirtualThread
    public int bytes(InputStream body) throws IOException {
        return body.readAllBytes().length;
    }

    @GET
    @Path("broken")
    public Uni<String> broken() {
        throw new IllegalStateException("secret inside");
    }
}
