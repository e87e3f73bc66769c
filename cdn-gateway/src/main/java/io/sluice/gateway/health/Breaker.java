package io.sluice.gateway.health;

/**
 * Keeps traffic from a CDN whose responses fail, sooner than probes see it.
 *
 * <pre>
 * CLOSED --20 % of at least 20 responses in 10 s failed--> OPEN --its time is over--> TRIAL
 * TRIAL --5 good ones--> CLOSED        TRIAL --a failed one--> OPEN, twice as long
 * </pre>
 *
 * Times are monotonic nanoseconds. Not thread-safe.
 */
final class Breaker {
    private static final int SLOTS = 10;
    private static final long SLOT_NANOS = 1_000_000_000L;
    private static final int MIN_RESPONSES = 20;
    private static final double FAILED_RATIO = 0.2;
    private static final int GOOD_TO_CLOSE = 5;

    private final long firstOpenNanos;
    private final long maxOpenNanos;
    private final long[] slotOf = new long[SLOTS];
    private final long[] good = new long[SLOTS];
    private final long[] failed = new long[SLOTS];
    private State state = State.CLOSED;
    private long openNanos;
    private long openedAt;
    private long trialGood;

    /** Where a breaker stands. */
    enum State {
        CLOSED,
        OPEN,
        TRIAL
    }

    Breaker(long firstOpenNanos, long maxOpenNanos) {
        this.firstOpenNanos = firstOpenNanos;
        this.maxOpenNanos = maxOpenNanos;
        java.util.Arrays.fill(slotOf, Long.MIN_VALUE);
    }

    State state(long now) {
        if (state == State.OPEN && now - openedAt >= openNanos) {
            state = State.TRIAL;
            trialGood = 0;
        }
        return state;
    }

    /** Notes responses; answers the state after them. */
    State note(long goodResponses, long failedResponses, long now) {
        switch (state(now)) {
            case CLOSED -> {
                count(goodResponses, failedResponses, now);
                if (tripped(now)) {
                    open(now);
                }
            }
            case TRIAL -> {
                if (failedResponses > 0) {
                    open(now);
                } else {
                    trialGood += goodResponses;
                    if (trialGood >= GOOD_TO_CLOSE) {
                        close();
                    }
                }
            }
            case OPEN -> {
                // Responses to requests that were on their way already.
            }
        }
        return state;
    }

    private void open(long now) {
        openNanos = openNanos == 0 ? firstOpenNanos : Math.min(maxOpenNanos, openNanos * 2);
        openedAt = now;
        state = State.OPEN;
    }

    private void close() {
        state = State.CLOSED;
        openNanos = 0;
        java.util.Arrays.fill(slotOf, Long.MIN_VALUE);
    }

    private void count(long goodResponses, long failedResponses, long now) {
        long slot = Math.floorDiv(now, SLOT_NANOS);
        int at = (int) Math.floorMod(slot, (long) SLOTS);
        if (slotOf[at] != slot) {
            slotOf[at] = slot;
            good[at] = 0;
            failed[at] = 0;
        }
        good[at] += goodResponses;
        failed[at] += failedResponses;
    }

    private boolean tripped(long now) {
        long oldest = Math.floorDiv(now, SLOT_NANOS) - SLOTS;
        long allGood = 0;
        long allFailed = 0;
        for (int at = 0; at < SLOTS; at++) {
            if (slotOf[at] > oldest) {
                allGood += good[at];
                allFailed += failed[at];
            }
        }
        long all = allGood + allFailed;
        return all >= MIN_RESPONSES && allFailed >= FAILED_RATIO * all;
    }
}
