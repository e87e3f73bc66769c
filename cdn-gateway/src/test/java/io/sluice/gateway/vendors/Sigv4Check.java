package io.sluice.gateway.vendors;

import com.sun.net.httpserver.HttpExchange;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Checks a signature from what arrived, by the document and without our signer. */
final class Sigv4Check {
    private static final Pattern HEADER =
            Pattern.compile("AWS4-HMAC-SHA256 Credential=([^/]+)/(\\d{8})/us-east-1/cloudfront/"
                    + "aws4_request, SignedHeaders=([a-z0-9;-]+), Signature=([0-9a-f]{64})");

    private Sigv4Check() {}

    /** What is wrong; null when nothing is. */
    static @Nullable String problem(HttpExchange exchange, String body, String id, String secret) {
        String header = exchange.getRequestHeaders().getFirst("Authorization");
        Matcher parts = HEADER.matcher(header == null ? "" : header);
        String date = exchange.getRequestHeaders().getFirst("X-Amz-Date");
        if (!parts.matches() || !parts.group(1).equals(id) || date == null || !date.startsWith(parts.group(2))) {
            return "not a signature for cloudfront in us-east-1: " + header;
        }
        StringBuilder canonical = new StringBuilder();
        canonical.append(exchange.getRequestMethod()).append('\n');
        canonical.append(exchange.getRequestURI().getRawPath()).append("\n\n");
        for (Matcher name = Pattern.compile("[^;]+").matcher(parts.group(3)); name.find(); ) {
            canonical.append(name.group()).append(':');
            canonical
                    .append(exchange.getRequestHeaders().getFirst(name.group()))
                    .append('\n');
        }
        canonical.append('\n').append(parts.group(3)).append('\n').append(sha256(body));
        String toSign = "AWS4-HMAC-SHA256\n" + date + "\n" + parts.group(2) + "/us-east-1/cloudfront/aws4_request\n"
                + sha256(canonical.toString());
        byte[] key = hmac(("AWS4" + secret).getBytes(StandardCharsets.UTF_8), parts.group(2));
        for (String step : new String[] {"us-east-1", "cloudfront", "aws4_request"}) {
            key = hmac(key, step);
        }
        return HexFormat.of().formatHex(hmac(key, toSign)).equals(parts.group(4)) ? null : "wrong signature";
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
