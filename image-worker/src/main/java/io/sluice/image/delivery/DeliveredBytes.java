package io.sluice.image.delivery;

import io.sluice.contracts.directive.Directive;
import io.sluice.contracts.directive.Mix;
import io.sluice.contracts.sample.Sample;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts what was delivered to keys at each level, and to those held back, by slice of keys; as long as something is lowered. Adding
 * takes no lock. Thread-safe.
 */
@ApplicationScoped
class DeliveredBytes {
    /** Metric of metrics-service; labels {@code keys} (holdback, level-0 .. level-4) and {@code slice} (0-15). */
    static final String METRIC = "sluice.image.delivered.bytes";

    private static final int GROUPS = Directive.MAX_LEVEL + 2;

    private final LongAdder[] responses = adders();
    private final LongAdder[] bytes = adders();

    void add(Mix.Place place, long size) {
        int group = place.heldBack() ? GROUPS - 1 : place.level();
        int cell = group * Mix.SLICES + place.slice();
        responses[cell].increment();
        bytes[cell].add(size);
    }

    /**
     * What was counted since the last call; at most 96 samples. A sample is a mean that stands for all its responses, so that
     * count and sum come out right.
     */
    List<Sample> drain(long epochMillis) {
        List<Sample> samples = new ArrayList<>();
        for (int cell = 0; cell < responses.length; cell++) {
            long count = responses[cell].sumThenReset();
            long sum = bytes[cell].sumThenReset();
            if (count > 0) {
                samples.add(new Sample(
                        METRIC,
                        Sample.Kind.histogram,
                        "By",
                        epochMillis,
                        (double) sum / count,
                        Map.of("keys", keys(cell / Mix.SLICES), "slice", Integer.toString(cell % Mix.SLICES)),
                        (double) count));
            }
        }
        return samples;
    }

    private static String keys(int group) {
        return group == GROUPS - 1 ? "holdback" : "level-" + group;
    }

    private static LongAdder[] adders() {
        LongAdder[] adders = new LongAdder[GROUPS * Mix.SLICES];
        for (int i = 0; i < adders.length; i++) {
            adders[i] = new LongAdder();
        }
        return adders;
    }
}
