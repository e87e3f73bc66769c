package io.sluice.image.variant;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.sluice.contracts.image.ImageFormat;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Meters of encoding, by format. */
@ApplicationScoped
class VariantMeters {
    private final MeterRegistry meters;
    private final AtomicLong pixels = new AtomicLong();

    VariantMeters(MeterRegistry meters) {
        this.meters = meters;
        meters.gauge("sluice.image.encoding.pixels", pixels);
    }

    void begin(long sourcePixels) {
        pixels.addAndGet(sourcePixels);
    }

    void end(long sourcePixels) {
        pixels.addAndGet(-sourcePixels);
    }

    void encoded(ImageFormat format, long nanos, long bytesIn, long bytesOut) {
        Timer.builder("sluice.image.encode")
                .tag("format", format.token())
                .register(meters)
                .record(nanos, TimeUnit.NANOSECONDS);
        bytes("in", format).increment((double) bytesIn);
        bytes("out", format).increment((double) bytesOut);
    }

    void failed(ImageFormat format, String error) {
        meters.counter("sluice.image.encode.errors", "format", format.token(), "error", error)
                .increment();
    }

    private Counter bytes(String direction, ImageFormat format) {
        return meters.counter("sluice.image.encode.bytes", "direction", direction, "format", format.token());
    }
}
