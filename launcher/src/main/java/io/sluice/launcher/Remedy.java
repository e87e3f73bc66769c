package io.sluice.launcher;

import org.jspecify.annotations.Nullable;

/** The suite cannot go on, and a person can do something about it: the message is one sentence that says what. */
final class Remedy extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Remedy(String sentence) {
        this(sentence, null);
    }

    Remedy(String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
    }
}
