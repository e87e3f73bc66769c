package io.sluice.alerting.outbox;

/** Why a notification is sent. */
public enum Kind {
    /** Something new fires. */
    FIRING,
    /** Nothing changed, but it still fires. */
    REPEAT,
    /** Something that was told about is over. */
    RESOLVED,
    /** Somebody tries the way. */
    TEST
}
