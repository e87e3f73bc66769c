package io.sluice.gateway.outcomes;

import io.sluice.gateway.geo.Ip;
import io.sluice.gateway.selection.Snapshot;
import io.sluice.gateway.signing.SigningConfig;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Ids of decisions, which clients send back with what became of them:
 * {@code base64url(snapshot 4 | minute 4 | network 8 | key 4 | HMAC-SHA-256/128 16).cdn.market}. The network of the client is in
 * what is signed, so whoever collects ids has votes of that network only; the same client asking for the same within a minute has
 * the same id. Keys are derived from those that sign addresses; all replicas know them. Thread-safe.
 */
@Singleton
public class DecisionIds {
    private static final int FIELDS = 20;
    private static final int MAC = 16;
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
    private static final String ALGORITHM = "HmacSHA256";
    private static final byte[] PURPOSE = "sluice decision id 1".getBytes(StandardCharsets.US_ASCII);

    private final InstantSource clock;
    private final ThreadLocal<Mac> signing;
    private final List<SecretKeySpec> keys = new ArrayList<>();

    /**
     * A decision that this service made.
     *
     * @param token what is signed and the signature, 48 characters
     * @param minute since the epoch
     * @param network as of {@link #network}
     */
    public record DecisionId(String token, int minute, long network, String cdn, String market) {}

    /** Reads the keys. */
    public DecisionIds(SigningConfig config, InstantSource clock) {
        this.clock = clock;
        new TreeMap<>(config.keys()).forEach((kid, secret) -> {
            SecretKeySpec key = derived(Base64.getDecoder().decode(secret));
            keys.add(kid.equals(config.active()) ? 0 : keys.size(), key);
        });
        this.signing = ThreadLocal.withInitial(() -> mac(keys.getFirst()));
    }

    /** The network of a client as a number: its address without what is behind /24 (IPv4) or /48 (IPv6). */
    public static long network(Ip client) {
        return client.isV4() ? client.low() & ~0xffL : client.high() & ~0xffffL;
    }

    /**
     * Id of a decision made now.
     *
     * @param cdn index in the snapshot
     * @param hash of the key that was decided for
     */
    public String issue(Snapshot snapshot, int cdn, Ip client, long hash) {
        String name = snapshot.candidate(cdn).name();
        String market = snapshot.market();
        byte[] token = new byte[FIELDS + MAC];
        ByteBuffer.wrap(token)
                .putInt((int) snapshot.version())
                .putInt((int) (clock.millis() / 60_000))
                .putLong(network(client))
                .putInt((int) (hash >>> 32));
        System.arraycopy(signature(signing.get(), token, name, market), 0, token, FIELDS, MAC);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(token) + "." + name + "." + market;
    }

    /** The decision of an id; null when this service did not issue it. */
    public @Nullable DecisionId read(String id) {
        String[] parts = id.split("\\.", 4);
        if (parts.length != 3
                || !NAME.matcher(parts[1]).matches()
                || !NAME.matcher(parts[2]).matches()) {
            return null;
        }
        byte[] token;
        try {
            token = Base64.getUrlDecoder().decode(parts[0]);
        } catch (IllegalArgumentException e) {
            return null;
        }
        return token.length == FIELDS + MAC && genuine(token, parts[1], parts[2])
                ? new DecisionId(
                        parts[0],
                        ByteBuffer.wrap(token).getInt(4),
                        ByteBuffer.wrap(token).getLong(8),
                        parts[1],
                        parts[2])
                : null;
    }

    private boolean genuine(byte[] token, String cdn, String market) {
        byte[] claimed = Arrays.copyOfRange(token, FIELDS, FIELDS + MAC);
        for (SecretKeySpec key : keys) {
            byte[] expected = Arrays.copyOf(signature(mac(key), token, cdn, market), MAC);
            if (MessageDigest.isEqual(expected, claimed)) {
                return true;
            }
        }
        return false;
    }

    private static byte[] signature(Mac mac, byte[] token, String cdn, String market) {
        mac.update(token, 0, FIELDS);
        mac.update(cdn.getBytes(StandardCharsets.US_ASCII));
        mac.update((byte) '.');
        mac.update(market.getBytes(StandardCharsets.US_ASCII));
        return mac.doFinal();
    }

    private static SecretKeySpec derived(byte[] secret) {
        return new SecretKeySpec(mac(new SecretKeySpec(secret, ALGORITHM)).doFinal(PURPOSE), ALGORITHM);
    }

    private static Mac mac(SecretKeySpec key) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HmacSHA256 is part of every Java platform", e);
        }
    }
}
