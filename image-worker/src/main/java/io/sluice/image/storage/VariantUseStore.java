package io.sluice.image.storage;

import io.sluice.platform.database.Database;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Last day on which each variant was served. */
@ApplicationScoped
class VariantUseStore {
    private static final String USED = """
            insert into variant_use (name, used_on) select unnest($1::text[]), $2
            on conflict (name) do update set used_on = excluded.used_on where variant_use.used_on < excluded.used_on""";
    private static final String FIND = "select name, used_on from variant_use where name = any($1)";
    private static final String FORGET = "delete from variant_use where name = any($1)";

    private final Database database;

    VariantUseStore(Database database) {
        this.database = database;
    }

    Uni<Void> used(List<String> names, LocalDate day) {
        return database.query(USED, Tuple.of(names.toArray(String[]::new), day)).replaceWithVoid();
    }

    Uni<Map<String, LocalDate>> find(List<String> names) {
        return database.query(FIND, Tuple.of(names.toArray(String[]::new))).map(rows -> {
            Map<String, LocalDate> used = new HashMap<>();
            rows.forEach(row -> used.put(row.getString(0), row.getLocalDate(1)));
            return used;
        });
    }

    Uni<Void> forget(List<String> names) {
        return database.query(FORGET, Tuple.of(names.toArray(String[]::new))).replaceWithVoid();
    }
}
