package io.sluice.image.job;

import jakarta.enterprise.context.ApplicationScoped;

/** This worker as the queue's resources show it. */
@ApplicationScoped
class ThisWorker {
    private final WorkerName name;
    private final Admission admission;
    private final JobRunner runner;

    ThisWorker(WorkerName name, Admission admission, JobRunner runner) {
        this.name = name;
        this.admission = admission;
        this.runner = runner;
    }

    JobSummary.Worker now() {
        return new JobSummary.Worker(name.id(), admission.draining(), runner.running());
    }

    JobSummary.Worker drain(boolean on) {
        admission.drain(on);
        return now();
    }
}
