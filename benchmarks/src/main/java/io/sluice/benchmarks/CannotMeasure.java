package io.sluice.benchmarks;

import org.jspecify.annotations.Nullable;

/** A benchmark cannot go on, and a person can do something about it: the message is one sentence that says what. */
final class CannotMeasure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CannotMeasure(String sentence) {
        this(sentence, null);
    }

    CannotMeasure(String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
    }
}
