package io.sluice.image.variant;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.sluice.image.vips.Vips;
import io.sluice.image.vips.VipsLibrary;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Memory and disk of the whole process, where Linux tells: most of a worker's memory is not on the heap. */
@ApplicationScoped
class ProcessMeters {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Path IO = Path.of("/proc/self/io");

    private final MeterRegistry meters;
    private final VipsLibrary library;

    ProcessMeters(MeterRegistry meters, VipsLibrary library) {
        this.meters = meters;
        this.library = library;
    }

    void start(@Observes StartupEvent event) {
        meters.gauge("sluice.image.process.resident.bytes", STATUS, status -> number(status, "VmRSS:") * 1024);
        meters.gauge("sluice.image.process.resident.peak.bytes", STATUS, status -> number(status, "VmHWM:") * 1024);
        meters.gauge(
                "sluice.image.libvips.bytes",
                library,
                loaded -> loaded.vips().map(Vips::memory).orElse(0L));
        disk("read", "read_bytes:");
        disk("write", "write_bytes:");
    }

    private void disk(String direction, String field) {
        FunctionCounter.builder("sluice.image.process.disk.bytes", IO, io -> number(io, field))
                .tag("direction", direction)
                .register(meters);
    }

    /** Number behind a field's name; NaN where the system does not tell. */
    static double number(Path file, String field) {
        try {
            for (String line : Files.readAllLines(file)) {
                if (line.startsWith(field)) {
                    return Double.parseDouble(
                            line.substring(field.length()).strip().split(" ", 2)[0]);
                }
            }
        } catch (IOException e) {
            return Double.NaN;
        }
        return Double.NaN;
    }
}
