package io.sluice.image.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contracts.image.AddressSigner;
import io.sluice.contracts.image.VariantAddress;
import io.sluice.image.ServiceFolders;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KnownRequestsTest {
    private static final VariantAddress ADDRESS =
            VariantAddress.parse("/v/samples/" + "0".repeat(64) + "/e1-q80-w64-xinside.webp");
    private static final Instant NOW = Instant.ofEpochSecond(1_000);

    private final KnownRequests known = new KnownRequests();

    @Test
    void a_change_of_keys_forgets_what_the_former_ones_had_signed() {
        AddressSigner former = new AddressSigner("k0", Map.of("k0", ServiceFolders.FORMER));
        AddressSigner present = new AddressSigner("k1", Map.of("k1", ServiceFolders.ACTIVE));
        known.remember("uri", Optional.of(former), new SignedRequest("k0", "mac", null, false), ADDRESS);
        assertThat(known.find("uri", Optional.of(former), NOW)).isNotNull();
        assertThat(known.find("uri", Optional.of(present), NOW)).isNull();
        assertThat(known.find("uri", Optional.empty(), NOW)).isNull();
        assertThat(known.find("uri&x=1", Optional.of(former), NOW)).isNull();
    }

    @Test
    void an_expiry_ends_what_is_known() {
        AddressSigner signer = new AddressSigner("k0", Map.of("k0", ServiceFolders.FORMER));
        known.remember("uri", Optional.of(signer), new SignedRequest("k0", "mac", "1001", false), ADDRESS);
        assertThat(known.find("uri", Optional.of(signer), NOW)).isNotNull();
        assertThat(known.find("uri", Optional.of(signer), NOW.plusSeconds(1))).isNull();
    }

    @Test
    void stays_bounded() {
        AddressSigner signer = new AddressSigner("k0", Map.of("k0", ServiceFolders.FORMER));
        for (int i = 0; i < 10_000; i++) {
            known.remember("uri" + i, Optional.of(signer), new SignedRequest("k0", "mac", null, false), ADDRESS);
        }
        long kept = java.util.stream.IntStream.range(0, 10_000)
                .filter(i -> known.find("uri" + i, Optional.of(signer), NOW) != null)
                .count();
        assertThat(kept).isBetween(1L, 4_096L);
    }
}
