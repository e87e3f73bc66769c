package io.sluice.optimizer.levels;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.sluice.contracts.directive.CachePolicy;
import io.sluice.contracts.directive.LevelCaps;
import io.sluice.contracts.directive.Throttle;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Reads the level table that the service carries. */
@RegisterForReflection(
        targets = {
            LevelTable.class,
            LevelTable.Egress.class,
            LevelTable.Origin.class,
            LevelCaps.class,
            Throttle.class,
            CachePolicy.class
        })
final class LevelTables {
    @Produces
    @Singleton
    LevelTable table(ObjectMapper json) {
        try (InputStream file = LevelTables.class.getResourceAsStream("/levels.json")) {
            return json.readValue(file, LevelTable.class);
        } catch (IOException e) {
            throw new UncheckedIOException("levels.json cannot be read", e);
        }
    }
}
