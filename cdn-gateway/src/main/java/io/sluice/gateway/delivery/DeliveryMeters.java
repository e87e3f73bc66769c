package io.sluice.gateway.delivery;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * What the delivery server counts. Labels: names of CDNs, and {@link Outcome}. Counts are plain adders that are read when metrics
 * are: a Micrometer counter looks for a trace at each step, and /img has none.
 */
@Singleton
@SuppressWarnings("EnumOrdinal") // the index of a small array
class DeliveryMeters {
    private static final String NO_CDN = "none";

    private final MeterRegistry meters;
    private final Timer timer;
    private final Map<String, LongAdder> redirects = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> panics = new ConcurrentHashMap<>();
    private final LongAdder[] others = new LongAdder[Outcome.values().length];

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
        Map<String, LongAdder> counters = panic ? panics : redirects;
        LongAdder counter = counters.get(cdn);
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

    private LongAdder counter(String cdn, Outcome outcome) {
        LongAdder counter = new LongAdder();
        FunctionCounter.builder("sluice.gateway.decisions", counter, LongAdder::sum)
                .description("requests to /img by the CDN they were sent to and how they ended")
                .tag("cdn", cdn)
                .tag("outcome", outcome.name())
                .register(meters);
        return counter;
    }
}
