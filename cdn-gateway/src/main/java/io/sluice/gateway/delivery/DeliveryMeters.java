package io.sluice.gateway.delivery;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** What the delivery server counts. Labels: names of CDNs, and {@link Outcome}. */
@ApplicationScoped
@SuppressWarnings("EnumOrdinal") // the index of a small array
class DeliveryMeters {
    private static final String NO_CDN = "none";

    private final MeterRegistry meters;
    private final Timer timer;
    private final Map<String, Counter> redirects = new ConcurrentHashMap<>();
    private final Map<String, Counter> panics = new ConcurrentHashMap<>();
    private final Counter[] others = new Counter[Outcome.values().length];

    /** How a request to {@code /img} ended. */
    enum Outcome {
        REDIRECT,
        STATIC_ORDER,
        ORIGIN_FALLBACK,
        NO_CDN,
        UNKNOWN,
        LOOKUP_FAILED,
        NOT_ACCEPTABLE,
        INVALID
    }

    DeliveryMeters(MeterRegistry meters) {
        this.meters = meters;
        this.timer = Timer.builder("sluice.gateway.delivery")
                .description("from a request to /img to its response, look-ups included")
                .register(meters);
        for (Outcome outcome : Outcome.values()) {
            others[outcome.ordinal()] = counter(NO_CDN, outcome);
        }
    }

    void redirected(String cdn, boolean panic) {
        Map<String, Counter> counters = panic ? panics : redirects;
        Counter counter = counters.get(cdn);
        if (counter == null) {
            counter = counters.computeIfAbsent(
                    cdn, name -> counter(name, panic ? Outcome.STATIC_ORDER : Outcome.REDIRECT));
        }
        counter.increment();
    }

    void ended(Outcome outcome) {
        others[outcome.ordinal()].increment();
    }

    void took(long nanos) {
        timer.record(nanos, TimeUnit.NANOSECONDS);
    }

    private Counter counter(String cdn, Outcome outcome) {
        return Counter.builder("sluice.gateway.decisions")
                .description("requests to /img by the CDN they were sent to and how they ended")
                .tag("cdn", cdn)
                .tag("outcome", outcome.name())
                .register(meters);
    }
}
