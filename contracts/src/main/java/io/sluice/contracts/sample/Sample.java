package io.sluice.contracts.sample;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One measurement.
 *
 * @param name metric, dots or underscores: {@code sluice.image.processing.duration}
 * @param kind what it is
 * @param unit UCUM as OpenTelemetry writes it: {@code s}, {@code By}, {@code 1}; absent means {@code 1}
 * @param ts epoch milliseconds; absent means when it arrives
 * @param value the measurement, in {@code unit}; finite
 * @param labels a bounded set of values each
 * @param weight how many measurements this one stands for (1 / sampling rate); absent means 1
 */
public record Sample(
        String name,
        Kind kind,
        @Nullable String unit,
        @Nullable Long ts,
        double value,
        @Nullable Map<String, String> labels,
        @Nullable Double weight) {

    /** As OpenTelemetry names them, lower case in JSON. */
    public enum Kind {
        counter,
        gauge,
        histogram
    }
}
