package io.sluice.gateway.delivery;

import io.sluice.contracts.image.AddressSigner;
import io.sluice.contracts.image.ImageFormat;
import io.sluice.contracts.image.VariantAddress;
import io.sluice.gateway.catalogue.SourceFacts;
import io.sluice.gateway.negotiation.Rendition;
import io.sluice.gateway.selection.Hash64;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Signed addresses, remembered: the signature of an address in use is made once. Bounded and without locks: an address has two
 * slots to lie in, and may push another one out, which is signed again then.
 */
final class SignedPaths {
    private final AddressSigner signer;
    private final AtomicReferenceArray<Signed> slots;
    private final int mask;

    /** @param size how many are remembered, rounded up to a power of two */
    SignedPaths(AddressSigner signer, int size) {
        this.signer = signer;
        int slotCount = Integer.highestOneBit(Math.clamp(size, 1, 1 << 24) * 2 - 1);
        this.slots = new AtomicReferenceArray<>(slotCount);
        this.mask = slotCount - 1;
    }

    /** Path and query of a variant. */
    String of(SourceFacts facts, String profile, Rendition rendition, ImageFormat format) {
        long key = rendition.key();
        SortedMap<Character, String> operations = rendition.operations();
        long spread = operations.isEmpty() ? key : key ^ Hash64.mix(operations.hashCode());
        int slot = (int) Hash64.mix(facts.hash() ^ spread) & mask;
        Signed first = slots.get(slot);
        if (first != null && first.is(facts, profile, key, operations)) {
            return first.pathAndQuery;
        }
        int other = (slot ^ 1) & mask;
        Signed second = slots.get(other);
        if (second != null && second.is(facts, profile, key, operations)) {
            return second.pathAndQuery;
        }
        String path = VariantAddress.of(facts.collection(), facts.oid(), rendition.recipe(profile), format)
                .path();
        Signed signed = new Signed(facts, profile, key, operations, signer.sign(path));
        slots.set(slot, signed);
        if (first != null) {
            slots.set(other, first);
        }
        return signed.pathAndQuery;
    }

    private record Signed(
            SourceFacts facts, String profile, long key, SortedMap<Character, String> operations, String pathAndQuery) {
        private boolean is(
                SourceFacts otherFacts, String otherProfile, long otherKey, SortedMap<Character, String> other) {
            return key == otherKey
                    && operations.equals(other)
                    && facts.equals(otherFacts)
                    && profile.equals(otherProfile);
        }
    }
}
