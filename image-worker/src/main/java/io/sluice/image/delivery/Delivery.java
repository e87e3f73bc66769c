package io.sluice.image.delivery;

import io.sluice.contracts.image.VariantAddress;
import io.sluice.image.files.VariantIndex;

/** What a request for an address comes to. */
sealed interface Delivery {
    /**
     * The bytes.
     *
     * @param address whose they are
     * @param variant where they are
     * @param outcome {@code stored} or {@code origin} (made for this request)
     */
    record Bytes(VariantAddress address, VariantIndex.Entry.Stored variant, String outcome) implements Delivery {}

    /**
     * Another address, for a short time.
     *
     * @param to strictly below the one asked for
     * @param outcome why: {@code directive}, {@code deferred}, {@code throttle}, {@code profile} or {@code original}
     */
    record Elsewhere(VariantAddress to, String outcome) implements Delivery {}
}
