package io.sluice.image.delivery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.quarkus.scheduler.Scheduled;
import io.sluice.contracts.sample.Sample;
import io.sluice.contracts.sample.SampleBatch;
import io.sluice.platform.neighbour.Neighbours;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * Sends what was delivered to metrics-service. A batch that was not taken is sent again as it is, so it is counted once; meanwhile
 * counting goes on, so that nothing grows while metrics-service is away.
 */
@ApplicationScoped
@RegisterForReflection(targets = {SampleBatch.class, Sample.class})
class DeliveredReport {
    private static final String METRICS = "metrics-service";
    private static final Duration TIMEOUT = Duration.ofSeconds(3);

    private final DeliveredBytes delivered;
    private final Neighbours neighbours;
    private final ObjectMapper json;
    private final InstantSource time;
    private final String source;
    private @Nullable SampleBatch pending;

    DeliveredReport(
            DeliveredBytes delivered,
            Neighbours neighbours,
            ObjectMapper json,
            InstantSource time,
            @ConfigProperty(name = "sluice.directives.worker-id", defaultValue = "image-worker-0") String source) {
        this.delivered = delivered;
        this.neighbours = neighbours;
        this.json = json;
        this.time = time;
        this.source = source;
    }

    @Scheduled(every = "5s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> send() {
        SampleBatch batch = next();
        if (batch == null || neighbours.url(METRICS).isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return neighbours
                .call(METRICS, HttpMethod.POST, "/api/v1/samples", Map.of(), write(batch), TIMEOUT)
                .invoke(response -> {
                    // 4xx: it would be refused again.
                    if (response.statusCode() < 500) {
                        done();
                    }
                })
                .replaceWithVoid()
                .onFailure()
                .recoverWithNull();
    }

    private synchronized @Nullable SampleBatch next() {
        if (pending == null) {
            List<Sample> samples = delivered.drain(time.millis());
            pending = samples.isEmpty()
                    ? null
                    : new SampleBatch(source, UUID.randomUUID().toString(), samples);
        }
        return pending;
    }

    private synchronized void done() {
        pending = null;
    }

    private Buffer write(SampleBatch batch) {
        try {
            return Buffer.buffer(json.writeValueAsBytes(batch));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("samples cannot be written", e);
        }
    }
}
