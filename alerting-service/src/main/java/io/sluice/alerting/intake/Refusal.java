package io.sluice.alerting.intake;

import org.jspecify.annotations.Nullable;

/**
 * Why a body, or a part of it, is refused, as Alertmanager says it.
 *
 * @param code null: the answer is {@code message} as a JSON string; else an object of both
 */
record Refusal(int status, @Nullable Integer code, String message) {
    static Refusal unreadable(String why) {
        return new Refusal(400, 400, "parsing alerts body from \"\" failed, because " + why);
    }

    static Refusal invalid(int code, String message) {
        return new Refusal(422, code, message);
    }

    static Refusal text(String message) {
        return new Refusal(400, null, message);
    }
}
