package io.sluice.testkit.github;

import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.jspecify.annotations.Nullable;

/** What the recorded server does wrong, when told to. */
final class Faults {
    private final ConcurrentLinkedDeque<Fault> next = new ConcurrentLinkedDeque<>();

    /** One way to fail. */
    sealed interface Fault {
        /** Answers a status with a GitHub error body. */
        record Status(int status, Map<String, String> headers) implements Fault {}

        /** Answers whatever was asked with another body. */
        record Body(String body) implements Fault {}

        /** Sends half of the answer and cuts the connection. */
        record Truncated() implements Fault {}

        /** Does not answer at all for some time. */
        record Silence(long millis) implements Fault {}

        /** Answers rows of the whole month although a day was asked for. */
        record MonthRows() implements Fault {}
    }

    void next(int calls, Fault fault) {
        for (int i = 0; i < calls; i++) {
            next.add(fault);
        }
    }

    @Nullable
    Fault take() {
        return next.poll();
    }

    void clear() {
        next.clear();
    }
}
