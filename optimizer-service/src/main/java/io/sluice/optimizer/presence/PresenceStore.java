package io.sluice.optimizer.presence;

import io.sluice.platform.database.Database;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** When receivers were last seen. */
@ApplicationScoped
class PresenceStore {
    private static final String SEEN = "update worker set seen_at = now() where id = any($1)";

    private final Database database;

    PresenceStore(Database database) {
        this.database = database;
    }

    Uni<Void> seen(List<String> ids) {
        return database.query(SEEN, Tuple.of((Object) ids.toArray(String[]::new)))
                .replaceWithVoid();
    }
}
