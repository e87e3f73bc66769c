package io.sluice.gateway.warming;

import io.sluice.gateway.cdns.EdgePath;
import io.sluice.gateway.recording.Recorded;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which addresses are asked for most, by the sample of decisions. Predicted from the trend means: the time of the sample is cut in
 * half, and an address is expected to be asked for as often as in the later half plus what it gained (or minus what it lost) since
 * the earlier one.
 */
final class Popular {
    private Popular() {}

    /**
     * Paths without signatures, the most popular first.
     *
     * @param recorded oldest first
     * @param market of its clients only; null for all
     * @param most how many at most
     */
    static List<String> top(List<Recorded> recorded, @Nullable String market, int most, boolean predicted) {
        if (recorded.isEmpty()) {
            return List.of();
        }
        long first = recorded.getFirst().epochMillis();
        long middle = first + (recorded.getLast().epochMillis() - first) / 2;
        Map<String, Long> score = new HashMap<>();
        for (Recorded one : recorded) {
            if (market == null || market.equals(one.market())) {
                long weight = !predicted ? 1 : one.epochMillis() > middle ? 2 : -1;
                score.merge(EdgePath.withoutQuery(one.address()), weight, Long::sum);
            }
        }
        return score.entrySet().stream()
                .filter(entry -> entry.getValue() > 0)
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(most)
                .map(Map.Entry::getKey)
                .toList();
    }
}
