package io.sluice.gateway.cdns;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.quarkus.runtime.StartupEvent;
import io.sluice.gateway.selection.CdnStatus;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** The states of the CDNs as gauges: at each moment the very words that the API shows. */
@ApplicationScoped
class CdnMeters {
    private final CdnDirectory directory;
    private final InstantSource clock;
    private final MultiGauge up;
    private final MultiGauge statuses;

    CdnMeters(CdnDirectory directory, InstantSource clock, MeterRegistry meters) {
        this.directory = directory;
        this.clock = clock;
        this.up = MultiGauge.builder("sluice.gateway.cdn.up")
                .description("1 while the CDN is UP, 0 while its probes, its breaker or an operator keep traffic away")
                .register(meters);
        this.statuses = MultiGauge.builder("sluice.gateway.cdn.status")
                .description("1 for the status that the CDN has, 0 for the others")
                .register(meters);
    }

    void start(@Observes @Priority(150) StartupEvent event) {
        directory.onChange(this::register);
        register();
    }

    private void register() {
        List<Row<?>> upRows = new ArrayList<>();
        List<Row<?>> statusRows = new ArrayList<>();
        for (Cdn cdn : directory.current().cdns()) {
            upRows.add(row(Tags.of("cdn", cdn.name()), cdn, CdnStatus.UP));
            for (CdnStatus status : CdnStatus.values()) {
                statusRows.add(row(Tags.of("cdn", cdn.name(), "status", status.name()), cdn, status));
            }
        }
        up.register(upRows, true);
        statuses.register(statusRows, true);
    }

    private Row<?> row(Tags tags, Cdn cdn, CdnStatus status) {
        return Row.of(tags, () -> directory.status(cdn, clock.instant()) == status ? 1 : 0);
    }
}
