package io.sluice.image.job;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * Work to be queued.
 *
 * @param kind {@code encode}, {@code srcset} or {@code first-paint}
 * @param oid of the source
 * @param addresses paths of the variants to make
 * @param priority 1-9: 1 is waited for, 5 the rest of a set, 7 AVIF, 9 whenever there is time
 */
public record NewJob(String kind, String oid, List<String> addresses, int priority) {
    public NewJob {
        addresses = List.copyOf(addresses);
        if (addresses.isEmpty()) {
            throw new IllegalArgumentException("a job makes at least one variant");
        }
        if (priority < 1 || priority > 9) {
            throw new IllegalArgumentException("priority must be 1-9, was " + priority);
        }
    }

    /** Equal work has an equal key, whoever asks for it. */
    String dedupKey() {
        if (addresses.size() == 1) {
            return addresses.getFirst();
        }
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(String.join("\n", addresses).getBytes(StandardCharsets.UTF_8));
            return kind + ':' + HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every Java platform", e);
        }
    }
}
