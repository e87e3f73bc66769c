package io.sluice.image.delivery;

import io.sluice.contracts.image.AddressSigner;
import io.sluice.contracts.image.AddressSigner.Verdict;
import io.vertx.core.MultiMap;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The signature as a request carries it.
 *
 * @param kid parameter {@code k}
 * @param mac parameter {@code s}
 * @param expiry parameter {@code e}
 * @param twice whether one of them stands there more than once
 */
record SignedRequest(
        @Nullable String kid,
        @Nullable String mac,
        @Nullable String expiry,
        boolean twice) {

    static SignedRequest of(MultiMap query) {
        boolean twice = false;
        for (String name : List.of("k", "s", "e")) {
            twice |= query.getAll(name).size() > 1;
        }
        return new SignedRequest(query.get("k"), query.get("s"), query.get("e"), twice);
    }

    Verdict check(Optional<AddressSigner> signer, String path, Instant now) {
        if (twice) {
            return Verdict.FORGED;
        }
        return signer.map(known -> known.verify(path, kid, mac, expiry, now)).orElse(Verdict.UNKNOWN_KEY);
    }

    /** Signs another path for as long as this one is valid. */
    String sign(AddressSigner signer, String path) {
        return expiry == null ? signer.sign(path) : signer.sign(path, Instant.ofEpochSecond(Long.parseLong(expiry)));
    }
}
