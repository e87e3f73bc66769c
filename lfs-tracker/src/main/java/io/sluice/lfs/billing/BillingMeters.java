package io.sluice.lfs.billing;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** {@code sluice_lfs_pulls_total} by outcome and {@code sluice_lfs_data_age_seconds}. */
@ApplicationScoped
class BillingMeters {
    private final Map<Outcome, Counter> pulls = new EnumMap<>(Outcome.class);
    private final MeterRegistry registry;

    BillingMeters(MeterRegistry registry) {
        this.registry = registry;
        for (Outcome outcome : Outcome.values()) {
            pulls.put(
                    outcome,
                    Counter.builder("sluice.lfs.pulls")
                            .description("calls to GitHub's billing usage report")
                            .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                            .register(registry));
        }
    }

    void pulled(Outcome outcome) {
        Counter counter = pulls.get(outcome);
        if (counter != null) {
            counter.increment();
        }
    }

    void dataAge(Supplier<PullStatus> status) {
        Gauge.builder("sluice.lfs.data.age", () -> seconds(status.get().dataAge()))
                .description("how old the newest billed figures are; NaN before the first")
                .baseUnit("seconds")
                .register(registry);
    }

    private static double seconds(@Nullable Duration age) {
        return age == null ? Double.NaN : age.toMillis() / 1e3;
    }
}
