package io.sluice.contracts.image;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Signs addresses and checks them: HMAC-SHA-256 over the path and, where there is one, the expiry. The signature travels in
 * the query ({@code ?k={kid}&s={mac}[&e={epoch seconds}]}), which CDNs leave out of their cache key. Keys rotate by adding a
 * new one and making it the active one; old addresses stay valid as long as their key is known. Thread-safe.
 */
public final class AddressSigner {
    private static final Pattern KEY_ID = Pattern.compile("[0-9A-Za-z_-]{1,32}");
    private static final int MIN_SECRET_BYTES = 16;

    private final Map<String, SecretKeySpec> keys;
    private final String active;

    /**
     * @param active id of the key that signs
     * @param secrets key id to secret, each at least 16 bytes
     * @throws IllegalArgumentException when the active key is missing, an id is not 1-32 of {@code 0-9A-Za-z_-}, or a secret is
     *     too short
     */
    public AddressSigner(String active, Map<String, byte[]> secrets) {
        Map<String, SecretKeySpec> copy = new HashMap<>();
        secrets.forEach((kid, secret) -> {
            if (!KEY_ID.matcher(kid).matches()) {
                throw new IllegalArgumentException("key id must be 1-32 of 0-9A-Za-z_-, was '" + kid + "'");
            }
            if (secret.length < MIN_SECRET_BYTES) {
                throw new IllegalArgumentException("secret of key " + kid + " must have at least 16 bytes");
            }
            copy.put(kid, new SecretKeySpec(secret, "HmacSHA256"));
        });
        if (!copy.containsKey(active)) {
            throw new IllegalArgumentException("the active signing key '" + active + "' is not among the keys");
        }
        this.keys = Map.copyOf(copy);
        this.active = active;
    }

    /** Path and query of an address that does not expire. */
    public String sign(String path) {
        return path + "?k=" + active + "&s=" + mac(key(active), path, OptionalLong.empty());
    }

    /** Path and query of an address that expires. */
    public String sign(String path, Instant expiry) {
        long seconds = expiry.getEpochSecond();
        return path + "?k=" + active + "&s=" + mac(key(active), path, OptionalLong.of(seconds)) + "&e=" + seconds;
    }

    /**
     * Checks what a request carries. Takes the same time whether or not the signature is close.
     *
     * @param path the raw path, nothing decoded
     * @param kid parameter {@code k}, null when absent
     * @param mac parameter {@code s}, null when absent
     * @param expiry parameter {@code e}, null when absent
     * @param now the wall clock
     */
    public Verdict verify(
            String path, @Nullable String kid, @Nullable String mac, @Nullable String expiry, Instant now) {
        if (kid == null || mac == null) {
            return Verdict.UNSIGNED;
        }
        SecretKeySpec key = keys.get(kid);
        if (key == null) {
            return Verdict.UNKNOWN_KEY;
        }
        OptionalLong seconds = OptionalLong.empty();
        if (expiry != null) {
            if (expiry.length() > 12 || !expiry.chars().allMatch(c -> c >= '0' && c <= '9') || expiry.isEmpty()) {
                return Verdict.FORGED;
            }
            seconds = OptionalLong.of(Long.parseLong(expiry));
        }
        byte[] expected = mac(key, path, seconds).getBytes(StandardCharsets.US_ASCII);
        if (!MessageDigest.isEqual(expected, mac.getBytes(StandardCharsets.UTF_8))) {
            return Verdict.FORGED;
        }
        return seconds.isPresent() && now.getEpochSecond() >= seconds.getAsLong() ? Verdict.EXPIRED : Verdict.VALID;
    }

    /** What became of a check. */
    public enum Verdict {
        VALID,
        UNSIGNED,
        UNKNOWN_KEY,
        FORGED,
        EXPIRED
    }

    private SecretKeySpec key(String kid) {
        SecretKeySpec key = keys.get(kid);
        if (key == null) {
            throw new IllegalStateException("no key " + kid);
        }
        return key;
    }

    private static String mac(SecretKeySpec key, String path, OptionalLong expiry) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            mac.update(path.getBytes(StandardCharsets.UTF_8));
            if (expiry.isPresent()) {
                mac.update((byte) '\n');
                mac.update(Long.toString(expiry.getAsLong()).getBytes(StandardCharsets.US_ASCII));
            }
            return Base64.getUrlEncoder().withoutPadding().encodeToString(mac.doFinal());
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("HmacSHA256 is part of every Java platform", e);
        }
    }
}
