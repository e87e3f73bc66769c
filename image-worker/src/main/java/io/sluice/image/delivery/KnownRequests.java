package io.sluice.image.delivery;

import io.sluice.contracts.image.AddressSigner;
import io.sluice.contracts.image.VariantAddress;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Requests whose signature has been found valid, by their whole raw URI: edges that miss ask for the same few addresses over
 * and over, and a digest costs more than the rest of the decision. An entry counts for the signer that checked it, so that a
 * change of keys forgets all, and until its expiry. Bounded; thread-safe.
 */
final class KnownRequests {
    private static final int KEPT = 4_096;

    private final Map<String, Known> kept = new ConcurrentHashMap<>();

    /**
     * A request that was valid.
     *
     * @param expires epoch second from which it is not any more
     */
    record Known(AddressSigner signer, SignedRequest signature, VariantAddress address, long expires) {}

    /** Null when it is not known as valid, for these keys and at this moment. */
    @Nullable
    Known find(String uri, Optional<AddressSigner> signer, Instant now) {
        Known known = kept.get(uri);
        return known != null
                        && signer.isPresent()
                        && known.signer == signer.get()
                        && now.getEpochSecond() < known.expires
                ? known
                : null;
    }

    void remember(String uri, Optional<AddressSigner> signer, SignedRequest valid, VariantAddress address) {
        if (signer.isEmpty()) {
            return;
        }
        if (kept.size() >= KEPT) {
            kept.clear();
        }
        String expiry = valid.expiry();
        kept.put(
                uri, new Known(signer.get(), valid, address, expiry == null ? Long.MAX_VALUE : Long.parseLong(expiry)));
    }
}
