package io.sluice.image.job;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Readiness {@code jobs}: always up, for delivery does not need the queue; says whether this worker takes jobs. */
@Readiness
@ApplicationScoped
class JobsHealth implements HealthCheck {
    private final Admission admission;
    private final JobRunner runner;
    private final WorkerName name;

    JobsHealth(Admission admission, JobRunner runner, WorkerName name) {
        this.admission = admission;
        this.runner = runner;
        this.name = name;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("jobs")
                .up()
                .withData("worker", name.id())
                .withData("draining", admission.draining())
                .withData("running", runner.running())
                .build();
    }
}
