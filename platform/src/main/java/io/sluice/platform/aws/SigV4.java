package io.sluice.platform.aws;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringTokenizer;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * AWS Signature Version 4 in the {@code Authorization} header. The address must come percent-encoded once and without dot
 * segments; services other than {@code s3} have it encoded once more. Immutable, thread-safe.
 *
 * <p>Source: "Signature Version 4 signing process", AWS General Reference, and "Signature Calculations for the Authorization
 * Header", Amazon S3 API Reference; their examples are this class's test.
 */
public final class SigV4 {
    /** SHA-256 of nothing: the payload of a request without a body. */
    public static final String EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private static final String S3 = "s3";
    private static final String ALGORITHM = "AWS4-HMAC-SHA256";
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final int DATE_LENGTH = 8;
    private static final String UNRESERVED = "-._~";

    private final Key key;
    private final String region;
    private final String service;

    /**
     * A key of AWS. Its text form shows no secret.
     *
     * @param id access key id
     * @param secret secret access key
     * @param sessionToken of a temporary key
     */
    public record Key(String id, String secret, @Nullable String sessionToken) {
        @Override
        public String toString() {
            return "Key[" + id + "]";
        }
    }

    /**
     * @param key that signs
     * @param region for example {@code us-east-1}
     * @param service for example {@code cloudfront}
     */
    public SigV4(Key key, String region, String service) {
        this.key = key;
        this.region = region;
        this.service = service;
    }

    /**
     * The headers to send beside those given, {@code Authorization} among them.
     *
     * @param method in capitals
     * @param address absolute; its host and port are signed as header {@code Host}
     * @param headers further headers to sign
     * @param body empty for none
     * @param now at most 15 minutes from the clock of AWS
     */
    public Map<String, String> sign(String method, URI address, Map<String, String> headers, byte[] body, Instant now) {
        return sign(method, address, headers, hex(sha256(body)), now);
    }

    /**
     * As {@link #sign(String, URI, Map, byte[], Instant)}, for a body that is known by its SHA-256 in lower-case hex; S3 is told
     * it in a header and verifies it.
     */
    public Map<String, String> sign(
            String method, URI address, Map<String, String> headers, String payloadSha256, Instant now) {
        String stamp = STAMP.format(now);
        Map<String, String> added = new TreeMap<>();
        added.put("X-Amz-Date", stamp);
        if (service.equals(S3)) {
            added.put("X-Amz-Content-Sha256", payloadSha256);
        }
        if (key.sessionToken() != null) {
            added.put("X-Amz-Security-Token", key.sessionToken());
        }
        TreeMap<String, String> signed = new TreeMap<>();
        headers.forEach((name, value) -> signed.put(name.toLowerCase(Locale.ROOT), collapsed(value)));
        added.forEach((name, value) -> signed.put(name.toLowerCase(Locale.ROOT), value));
        signed.put("host", address.getRawAuthority());
        String names = String.join(";", signed.keySet());
        String request = canonicalRequest(method, address, signed, names, payloadSha256);
        String scope = stamp.substring(0, DATE_LENGTH) + "/" + region + "/" + service + "/aws4_request";
        String toSign = ALGORITHM + "\n" + stamp + "\n" + scope + "\n" + hex(sha256(bytes(request)));
        String signature = hex(hmac(signingKey(stamp.substring(0, DATE_LENGTH)), toSign));
        added.put(
                "Authorization",
                ALGORITHM + " Credential=" + key.id() + "/" + scope + ", SignedHeaders=" + names + ", Signature="
                        + signature);
        return added;
    }

    /** Percent-encodes everything but the unreserved characters of RFC 3986, as UTF-8; a path keeps its slashes. */
    public static String encodedPath(String path) {
        return encoded(path, "/");
    }

    /** Percent-encodes everything but the unreserved characters of RFC 3986, as UTF-8; for a query's names and values. */
    public static String encoded(String text) {
        return encoded(text, "");
    }

    private String canonicalRequest(
            String method, URI address, Map<String, String> headers, String names, String payloadSha256) {
        String path = address.getRawPath();
        return method + "\n" + (path == null || path.isEmpty() ? "/" : service.equals(S3) ? path : encoded(path, "/"))
                + "\n"
                + query(address.getRawQuery())
                + "\n"
                + headers.entrySet().stream()
                        .map(header -> header.getKey() + ":" + header.getValue() + "\n")
                        .collect(Collectors.joining())
                + "\n" + names + "\n" + payloadSha256;
    }

    private static String query(@Nullable String raw) {
        if (raw == null || raw.isEmpty()) {
            return "";
        }
        List<String> pairs = new ArrayList<>();
        for (StringTokenizer parts = new StringTokenizer(raw, "&"); parts.hasMoreTokens(); ) {
            String pair = parts.nextToken();
            pairs.add(pair.indexOf('=') < 0 ? pair + "=" : pair);
        }
        // By name, then by value: "=" must not take part, for it lies between digits and letters.
        pairs.sort(Comparator.comparing(pair -> pair.replace('=', '\0')));
        return String.join("&", pairs);
    }

    private static String encoded(String text, String kept) {
        StringBuilder out = new StringBuilder();
        for (byte b : bytes(text)) {
            char c = (char) (b & 0xff);
            boolean letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
            if (letter || UNRESERVED.indexOf(c) >= 0 || kept.indexOf(c) >= 0) {
                out.append(c);
            } else {
                out.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
            }
        }
        return out.toString();
    }

    private static String collapsed(String value) {
        return value.trim().replaceAll(" +", " ");
    }

    private byte[] signingKey(String date) {
        byte[] dated = hmac(bytes("AWS4" + key.secret()), date);
        return hmac(hmac(hmac(dated, region), service), "aws4_request");
    }

    private static byte[] hmac(byte[] secret, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return mac.doFinal(bytes(text));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HMAC-SHA-256 is part of every Java platform", e);
        }
    }

    private static byte[] sha256(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("SHA-256 is part of every Java platform", e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String hex(byte[] content) {
        return HexFormat.of().formatHex(content);
    }
}
