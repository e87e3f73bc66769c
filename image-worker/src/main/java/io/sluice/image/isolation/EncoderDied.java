package io.sluice.image.isolation;

import io.sluice.platform.problem.ProblemException;
import java.util.List;
import java.util.Map;

/** 503: the child process ended in the middle of the encode: killed, out of its limits, or by a fault that the image provoked. */
public final class EncoderDied extends ProblemException {
    private static final long serialVersionUID = 1L;

    EncoderDied(String how) {
        super(
                503,
                "encoder-died",
                "The encoder's process ended while it made this variant",
                "It ended with " + how
                        + ". If it does so again, the source is at fault, or sluice.image.isolation.memory is"
                        + " too small for it.",
                List.of(),
                Map.of("Retry-After", "30"));
    }
}
