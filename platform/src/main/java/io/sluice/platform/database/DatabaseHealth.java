package io.sluice.platform.database;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Readiness {@code database}: asks PostgreSQL. Where the data plane goes on without it, it says so and stays up. */
@Readiness
@ApplicationScoped
class DatabaseHealth implements AsyncHealthCheck {
    private final Database database;
    private final DatabaseConfig config;

    DatabaseHealth(Database database, DatabaseConfig config) {
        this.database = database;
        this.config = config;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return database.query("select 1")
                .map(rows -> HealthCheckResponse.named("database")
                        .up()
                        .withData("state", "answers")
                        .build())
                .onFailure()
                .recoverWithItem(failure -> HealthCheckResponse.named("database")
                        .status(!config.required())
                        .withData("state", "away")
                        .withData("effect", "control calls answer 503")
                        .withData("reason", String.valueOf(failure.getMessage()))
                        .build());
    }
}
