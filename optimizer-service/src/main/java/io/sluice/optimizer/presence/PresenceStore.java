package io.sluice.optimizer.presence;

import io.sluice.platform.database.Database;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** When receivers were last seen. */
@ApplicationScoped
class PresenceStore {
    private static final String SEEN =
            "update worker set seen_at = now() where id = any($1) or registered_by = any($2)";

    private final Database database;

    PresenceStore(Database database) {
        this.database = database;
    }

    Uni<Void> seen(List<String> ids, List<String> callers) {
        return database.query(SEEN, Tuple.of(ids.toArray(String[]::new), callers.toArray(String[]::new)))
                .replaceWithVoid();
    }
}
