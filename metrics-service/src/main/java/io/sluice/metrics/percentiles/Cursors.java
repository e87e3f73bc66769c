package io.sluice.metrics.percentiles;

import io.sluice.contracts.sample.Sample;
import io.sluice.metrics.samples.MetricId;
import io.sluice.platform.problem.InvalidRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** The place in the list of metrics, as text. */
final class Cursors {
    private static final MetricId BEFORE_ALL = new MetricId("", Sample.Kind.counter, "");

    private Cursors() {}

    static String write(MetricId last) {
        String text = last.name() + '\n' + last.kind() + '\n' + last.unit();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    static MetricId read(@Nullable String cursor) {
        if (cursor == null) {
            return BEFORE_ALL;
        }
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8).split("\n", -1);
            return new MetricId(parts[0], Sample.Kind.valueOf(parts[1]), parts[2]);
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            throw new InvalidRequest("cursor", "must be the `next` of the page before");
        }
    }
}
