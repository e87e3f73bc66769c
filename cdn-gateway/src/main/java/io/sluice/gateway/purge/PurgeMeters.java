package io.sluice.gateway.purge;

import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.gateway.vendors.VendorOutcome;
import jakarta.inject.Singleton;
import java.util.Locale;

/** Calls of the vendors' APIs and what fetches after them proved, by CDN. */
@Singleton
class PurgeMeters {
    private final MeterRegistry meters;

    PurgeMeters(MeterRegistry meters) {
        this.meters = meters;
    }

    void called(String cdn, VendorOutcome outcome) {
        String word = switch (outcome) {
            case VendorOutcome.Accepted ignored -> "accepted";
            case VendorOutcome.Later ignored -> "later";
            case VendorOutcome.Refused ignored -> "refused";
        };
        meters.counter("sluice.gateway.purge.calls", "cdn", cdn, "outcome", word)
                .increment();
    }

    void verified(String cdn, Evidence evidence) {
        meters.counter(
                        "sluice.gateway.purge.checks",
                        "cdn",
                        cdn,
                        "evidence",
                        evidence.name().toLowerCase(Locale.ROOT))
                .increment();
    }
}
