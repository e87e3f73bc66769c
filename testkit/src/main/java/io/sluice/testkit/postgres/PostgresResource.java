package io.sluice.testkit.postgres;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.sluice.testkit.http.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL for a {@code @QuarkusTest}: {@code @QuarkusTestResource(PostgresResource.class)}. Gives the service its role and
 * schema through {@code sluice.db.*}; a field annotated with {@code @InjectPostgres} of type {@link EmbeddedPostgres} is set.
 */
public final class PostgresResource implements QuarkusTestResourceLifecycleManager {
    private @Nullable EmbeddedPostgres postgres;
    private @Nullable Path folder;

    @Override
    public Map<String, String> start() {
        try {
            folder = Files.createTempDirectory("sluice-pg");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        int port = FreePorts.next();
        EmbeddedPostgres started = EmbeddedPostgres.start(new EmbeddedPostgres.Options(
                folder.resolve("data"), port, "test", EmbeddedPostgres.defaultCache(), Map.of("fsync", "off")));
        postgres = started;
        started.database("sluice");
        started.schema("sluice", "service", "service");
        return Map.of(
                "sluice.db.host", "127.0.0.1",
                "sluice.db.port", Integer.toString(port),
                "sluice.db.schema", "service",
                "sluice.db.user", "service",
                "sluice.db.password", "service");
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(
                postgres, new TestInjector.AnnotatedAndMatchesType(InjectPostgres.class, EmbeddedPostgres.class));
    }

    @Override
    public void stop() {
        if (postgres != null) {
            postgres.close();
        }
        if (folder != null) {
            try {
                PostgresBinaries.delete(folder);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
