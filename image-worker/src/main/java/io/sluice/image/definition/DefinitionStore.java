package io.sluice.image.definition;

import io.sluice.platform.database.Database;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.TreeMap;

/** Presets and marks; bodies are JSON. */
@ApplicationScoped
class DefinitionStore {
    private static final String PUT_PRESET = """
            insert into preset (name, body) values ($1, $2)
            on conflict (name) do update set body = excluded.body, changed_at = now()""";
    private static final String PUT_MARK = """
            with definition as (insert into mark (id, body) values ($2, $3) on conflict (id) do nothing)
            insert into mark_name (name, id) values ($1, $2)
            on conflict (name) do update set id = excluded.id, changed_at = now()""";

    private final Database database;

    DefinitionStore(Database database) {
        this.database = database;
    }

    Uni<Map<String, String>> presets() {
        return database.query("select name, body from preset").map(DefinitionStore::pairs);
    }

    /** Definitions by id. */
    Uni<Map<String, String>> marks() {
        return database.query("select id, body from mark").map(DefinitionStore::pairs);
    }

    /** Ids by name. */
    Uni<Map<String, String>> markNames() {
        return database.query("select name, id from mark_name").map(DefinitionStore::pairs);
    }

    Uni<Void> putPreset(String name, String body) {
        return database.query(PUT_PRESET, Tuple.of(name, body)).replaceWithVoid();
    }

    /** False when there was none. */
    Uni<Boolean> deletePreset(String name) {
        return database.query("delete from preset where name = $1", Tuple.of(name))
                .map(rows -> rows.rowCount() > 0);
    }

    Uni<Void> putMark(String name, String id, String body) {
        return database.query(PUT_MARK, Tuple.of(name, id, body)).replaceWithVoid();
    }

    /** Takes the name away; the definition stays for the addresses that carry its id. False when there was none. */
    Uni<Boolean> deleteMarkName(String name) {
        return database.query("delete from mark_name where name = $1", Tuple.of(name))
                .map(rows -> rows.rowCount() > 0);
    }

    private static Map<String, String> pairs(RowSet<Row> rows) {
        Map<String, String> pairs = new TreeMap<>();
        for (Row row : rows) {
            pairs.put(row.getString(0), row.getString(1));
        }
        return pairs;
    }
}
