package io.sluice.image.upload;

import io.sluice.platform.clock.NanoClock;

/** Whether an upload goes on: each {@value #STEP} bytes have their time. For one upload, on one thread. */
final class Pace {
    static final int STEP = 64 * 1024;

    private final NanoClock clock;
    private final long stepNanos;
    private long begun;
    private long arrived;

    Pace(NanoClock clock, long stepNanos) {
        this.clock = clock;
        this.stepNanos = stepNanos;
        this.begun = clock.nanos();
    }

    /**
     * Notes that bytes came.
     *
     * @throws UploadTooSlow when the time of the present step is over
     */
    void came(int bytes) {
        long now = clock.nanos();
        arrived += bytes;
        if (arrived >= STEP) {
            arrived = 0;
            begun = now;
        } else if (now - begun > stepNanos) {
            throw new UploadTooSlow();
        }
    }
}
