package io.sluice.contracts.alert;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An alert as the Alertmanager v2 API takes it ({@code POST /api/v2/alerts}, a list of these).
 *
 * @param labels what it is; {@code alertname}, {@code severity} P1..P4 and {@code service} by our convention
 * @param annotations {@code summary}, {@code description}, {@code runbook_url}
 * @param startsAt absent: now
 * @param endsAt absent: until it times out without being sent again; in the past: resolved
 * @param generatorURL where it was made
 */
public record PostableAlert(
        Map<String, String> labels,
        @Nullable Map<String, String> annotations,
        @Nullable Instant startsAt,
        @Nullable Instant endsAt,
        @Nullable String generatorURL) {

    public PostableAlert {
        labels = Map.copyOf(labels);
    }
}
