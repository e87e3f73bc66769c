package io.sluice.gateway.warming;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.platform.database.Database;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Warming schedules in PostgreSQL. */
@ApplicationScoped
class WarmingScheduleStore {
    private static final String LIST = """
            select name, terms::text as terms, last_day, last_warming from warming_schedule
            where $1::text is null or name > $1 order by name limit $2""";
    private static final String ONE =
            "select name, terms::text as terms, last_day, last_warming from warming_schedule where name = $1";
    private static final String PUT = """
            insert into warming_schedule (name, terms) values ($1, $2::text::jsonb)
            on conflict (name) do update set terms = excluded.terms, changed_at = now()""";
    private static final String DELETE = "delete from warming_schedule where name = $1";
    private static final String RAN = """
            update warming_schedule set last_day = $2, last_warming = $3
            where name = $1 and (last_day is null or last_day < $2)""";

    private final Database database;
    private final ObjectMapper json;
    private final InstantSource clock;

    WarmingScheduleStore(Database database, ObjectMapper json, InstantSource clock) {
        this.database = database;
        this.json = json;
        this.clock = clock;
    }

    /** By name. */
    Uni<List<WarmingSchedule>> list(@Nullable String after, int limit) {
        return database.query(LIST, Tuple.of(after, limit)).map(rows -> {
            List<WarmingSchedule> schedules = new ArrayList<>();
            rows.forEach(row -> schedules.add(schedule(row)));
            return schedules;
        });
    }

    Uni<Optional<WarmingSchedule>> find(String name) {
        return database.query(ONE, Tuple.of(name))
                .map(rows -> rows.rowCount() == 0
                        ? Optional.empty()
                        : Optional.of(schedule(rows.iterator().next())));
    }

    Uni<Void> put(String name, WarmingTerms terms) {
        try {
            return database.query(PUT, Tuple.of(name, json.writeValueAsString(terms)))
                    .replaceWithVoid();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a schedule cannot be written", e);
        }
    }

    /** Whether there was one. */
    Uni<Boolean> delete(String name) {
        return database.query(DELETE, Tuple.of(name)).map(done -> done.rowCount() > 0);
    }

    /** Notes the warming of a window. */
    Uni<Void> ran(String name, LocalDate day, long warming) {
        return database.query(RAN, Tuple.of(name, day, warming)).replaceWithVoid();
    }

    private WarmingSchedule schedule(Row row) {
        String name = row.getString("name");
        Long warming = row.getLong("last_warming");
        Instant now = clock.instant();
        try {
            WarmingTerms terms = json.readValue(row.getString("terms"), WarmingTerms.class);
            return new WarmingSchedule(
                    name,
                    terms,
                    row.getLocalDate("last_day"),
                    warming == null ? null : Long.toString(warming),
                    terms.next(now));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the schedule " + name + " cannot be read", e);
        }
    }
}
