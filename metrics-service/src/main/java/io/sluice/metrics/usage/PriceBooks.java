package io.sluice.metrics.usage;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.Startup;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.sluice.contracts.usage.EdgeLogLine;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** Reads the price book at start; a file that cannot be read stops the start and is named. */
@RegisterForReflection(targets = {PriceBook.class, PriceBook.Price.class, EdgeLogLine.class})
class PriceBooks {
    private static final String SHIPPED = "/prices/2026-11.json";

    @Produces
    @Singleton
    @Startup
    PriceBook priceBook(PriceConfig config, ObjectMapper json) {
        Path file = config.prices().orElse(null);
        try (InputStream in = file == null
                ? Objects.requireNonNull(PriceBooks.class.getResourceAsStream(SHIPPED))
                : Files.newInputStream(file)) {
            return json.readValue(in, PriceBook.class);
        } catch (IOException e) {
            throw new UncheckedIOException("sluice.metrics.prices: cannot read " + file + ": " + e.getMessage(), e);
        }
    }
}
