package io.sluice.image.variant;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.sluice.contracts.image.ImageFormat;
import io.sluice.contracts.image.VariantAddress;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Meters of encoding, by format and class of size. */
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

    void encoded(VariantAddress address, long nanos, long bytesIn, long bytesOut) {
        ImageFormat format = address.format();
        Timer.builder("sluice.image.encode")
                .tag("format", format.token())
                .tag("size", SizeClass.of(address).token())
                .register(meters)
                .record(nanos, TimeUnit.NANOSECONDS);
        bytes("in", address).increment((double) bytesIn);
        bytes("out", address).increment((double) bytesOut);
    }

    void failed(ImageFormat format, String error) {
        meters.counter("sluice.image.encode.errors", "format", format.token(), "error", error)
                .increment();
    }

    private Counter bytes(String direction, VariantAddress address) {
        return meters.counter(
                "sluice.image.encode.bytes",
                "direction",
                direction,
                "format",
                address.format().token(),
                "size",
                SizeClass.of(address).token());
    }
}
