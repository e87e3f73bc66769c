package io.sluice.metrics.samples;

import io.sluice.contracts.sample.Sample;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Whether one sample can be taken. */
final class SampleCheck {
    /** Why a sample is refused; its lower-case name is the reason that the sender reads. */
    enum Refusal {
        BAD_NAME,
        BAD_KIND,
        BAD_UNIT,
        BAD_LABEL,
        BAD_WEIGHT,
        NOT_FINITE,
        NEGATIVE,
        TOO_OLD,
        IN_THE_FUTURE,
        TOO_MANY_METRICS
    }

    private static final Pattern NAME = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_.]{0,199}");
    private static final Pattern LABEL_NAME = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_.]{0,63}");
    private static final Pattern UNIT = Pattern.compile("[\\x21-\\x7e]{1,16}");
    private static final int MAX_LABELS = 16;
    private static final int MAX_LABEL_VALUE = 256;
    private static final double MAX_WEIGHT = 1e6;

    private final long oldest;
    private final long newest;

    /**
     * @param oldest epoch milliseconds, inclusive
     * @param newest epoch milliseconds, inclusive
     */
    SampleCheck(long oldest, long newest) {
        this.oldest = oldest;
        this.newest = newest;
    }

    Optional<Refusal> refusal(Sample sample) {
        if (sample.name() == null || !NAME.matcher(sample.name()).matches()) {
            return Optional.of(Refusal.BAD_NAME);
        }
        if (sample.kind() == null) {
            return Optional.of(Refusal.BAD_KIND);
        }
        if (sample.unit() != null && !UNIT.matcher(sample.unit()).matches()) {
            return Optional.of(Refusal.BAD_UNIT);
        }
        if (!labelsTaken(sample.labels())) {
            return Optional.of(Refusal.BAD_LABEL);
        }
        if (sample.weight() != null && !(sample.weight() >= 0.5 && sample.weight() <= MAX_WEIGHT)) {
            return Optional.of(Refusal.BAD_WEIGHT);
        }
        return value(sample).or(() -> time(sample.ts()));
    }

    private static Optional<Refusal> value(Sample sample) {
        if (!Double.isFinite(sample.value())) {
            return Optional.of(Refusal.NOT_FINITE);
        }
        return sample.kind() != Sample.Kind.gauge && sample.value() < 0
                ? Optional.of(Refusal.NEGATIVE)
                : Optional.empty();
    }

    private Optional<Refusal> time(@Nullable Long ts) {
        if (ts == null) {
            return Optional.empty();
        }
        if (ts < oldest) {
            return Optional.of(Refusal.TOO_OLD);
        }
        return ts > newest ? Optional.of(Refusal.IN_THE_FUTURE) : Optional.empty();
    }

    private static boolean labelsTaken(@Nullable Map<String, String> labels) {
        return labels == null
                || (labels.size() <= MAX_LABELS
                        && labels.entrySet().stream().allMatch(label -> labelTaken(label.getKey(), label.getValue())));
    }

    private static boolean labelTaken(String name, @Nullable String value) {
        return LABEL_NAME.matcher(name).matches()
                && value != null
                && value.length() <= MAX_LABEL_VALUE
                && value.chars().noneMatch(c -> Character.isISOControl(c) || Character.isSurrogate((char) c));
    }
}
