package io.sluice.benchmarks;

import java.util.List;

/**
 * One figure, measured once in each round.
 *
 * @param values in the order of the rounds; at least one
 */
record Rounds(List<Double> values) {
    Rounds {
        values = List.copyOf(values);
        if (values.isEmpty()) {
            throw new IllegalArgumentException("there must be at least one round");
        }
    }

    /** The middle value; the mean of the two middle ones when their number is even. */
    double median() {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    double lowest() {
        return values.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
    }

    double highest() {
        return values.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    }
}
