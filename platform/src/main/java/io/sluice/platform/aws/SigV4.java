package io.sluice.platform.aws;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * AWS Signature Version 4 in headers, for one service of one region. Pure; safe from many threads.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html">AWS: create a signed
 *     request</a>
 */
public final class SigV4 {
    /** SHA-256 of nothing: the payload hash of a request without a body. */
    public static final String EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private static final String ALGORITHM = "AWS4-HMAC-SHA256";
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final AwsCredentials credentials;
    private final String region;
    private final String service;

    /**
     * @param region for example {@code us-east-1}
     * @param service for example {@code s3} or {@code cloudfront}
     */
    public SigV4(AwsCredentials credentials, String region, String service) {
        this.credentials = credentials;
        this.region = region;
        this.service = service;
    }

    /** The headers to send beside those of the request, in lower case; S3 also wants the payload's hash among them. */
    public Map<String, String> sign(AwsRequest request, Instant now) {
        String stamp = STAMP.format(now);
        Map<String, String> added = new TreeMap<>();
        added.put("x-amz-date", stamp);
        if (service.equals("s3")) {
            added.put("x-amz-content-sha256", request.payloadSha256());
        }
        if (credentials.sessionToken() != null) {
            added.put("x-amz-security-token", credentials.sessionToken());
        }
        SortedMap<String, String> signed = new TreeMap<>(added);
        signed.put("host", request.host());
        request.headers()
                .forEach((name, value) ->
                        signed.put(name.toLowerCase(Locale.ROOT), value.strip().replaceAll(" +", " ")));
        String names = String.join(";", signed.keySet());
        String scope = stamp.substring(0, 8) + '/' + region + '/' + service + "/aws4_request";
        String toSign = ALGORITHM + '\n' + stamp + '\n' + scope + '\n' + sha256(canonical(request, signed, names));
        String signature = HexFormat.of().formatHex(hmac(key(stamp.substring(0, 8)), toSign));
        added.put(
                "authorization",
                ALGORITHM + " Credential=" + credentials.accessKey() + '/' + scope + ", SignedHeaders=" + names
                        + ", Signature=" + signature);
        return added;
    }

    /** The query string as it is signed and should be sent: encoded, sorted by name. */
    public static String query(Map<String, String> query) {
        SortedMap<String, String> encoded = new TreeMap<>();
        query.forEach((name, value) -> encoded.put(encode(name), encode(value)));
        return encoded.entrySet().stream()
                .map(entry -> entry.getKey() + '=' + entry.getValue())
                .collect(Collectors.joining("&"));
    }

    /** Percent-encodes everything but the unreserved characters of RFC 3986, as UTF-8. */
    public static String encode(String text) {
        StringBuilder encoded = new StringBuilder(text.length() + 16);
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || "-._~".indexOf(c) >= 0) {
                encoded.append(c);
            } else {
                encoded.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
            }
        }
        return encoded.toString();
    }

    private String canonical(AwsRequest request, SortedMap<String, String> signed, String names) {
        String headers = signed.entrySet().stream()
                .map(entry -> entry.getKey() + ':' + entry.getValue() + '\n')
                .collect(Collectors.joining());
        // Every service but S3 has the path encoded once more than it is sent.
        String path =
                service.equals("s3") ? request.path() : encode(request.path()).replace("%2F", "/");
        return request.method()
                + '\n'
                + path
                + '\n'
                + query(request.query())
                + '\n'
                + headers
                + '\n'
                + names
                + '\n'
                + request.payloadSha256();
    }

    private byte[] key(String day) {
        byte[] ofDay = hmac(("AWS4" + credentials.secretKey()).getBytes(StandardCharsets.UTF_8), day);
        return hmac(hmac(hmac(ofDay, region), service), "aws4_request");
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HMAC-SHA-256 is part of every Java platform", e);
        }
    }

    private static String sha256(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("SHA-256 is part of every Java platform", e);
        }
    }
}
