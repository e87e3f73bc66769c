package io.sluice.contracts.directive;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Seals and opens {@link SignedDirective}s. Keys are PKCS #8 (private) and X.509 (public) in base64. */
public final class DirectiveSignatures {
    private static final Pattern KEY_ID = Pattern.compile("[0-9A-Za-z_-]{1,32}");
    private static final Pattern HEADER = Pattern.compile("\\{\"alg\":\"EdDSA\",\"kid\":\"([0-9A-Za-z_-]{1,32})\"}");

    private DirectiveSignatures() {}

    /** Signs the exact bytes of a directive. */
    public static SignedDirective seal(byte[] payload, String kid, PrivateKey key) {
        if (!KEY_ID.matcher(kid).matches()) {
            throw new IllegalArgumentException("key id must be 1-32 of 0-9A-Za-z_-, was '" + kid + "'");
        }
        String header = encode(("{\"alg\":\"EdDSA\",\"kid\":\"" + kid + "\"}").getBytes(StandardCharsets.US_ASCII));
        String body = encode(payload);
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(key);
            signature.update((header + '.' + body).getBytes(StandardCharsets.US_ASCII));
            return new SignedDirective(header, body, encode(signature.sign()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot sign with key " + kid, e);
        }
    }

    /**
     * The payload's bytes, once the signature has been checked.
     *
     * @param keys key id to public key
     * @throws Refused when the header is not ours, the key is not known, or the signature does not fit
     */
    public static byte[] open(SignedDirective signed, Map<String, PublicKey> keys) {
        byte[] header = decode(signed.protectedHeader());
        Matcher matcher = HEADER.matcher(new String(header, StandardCharsets.US_ASCII));
        if (!matcher.matches()) {
            throw new Refused("header of the directive is not {\"alg\":\"EdDSA\",\"kid\":..}");
        }
        PublicKey key = keys.get(matcher.group(1));
        if (key == null) {
            throw new Refused("directive is signed with unknown key " + matcher.group(1));
        }
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initVerify(key);
            signature.update((signed.protectedHeader() + '.' + signed.payload()).getBytes(StandardCharsets.US_ASCII));
            if (!signature.verify(decode(signed.signature()))) {
                throw new Refused("signature of the directive does not fit its payload");
            }
        } catch (GeneralSecurityException e) {
            throw new Refused("signature of the directive cannot be checked: " + e.getMessage());
        }
        return decode(signed.payload());
    }

    /** Reads a private key: base64 of PKCS #8. */
    public static PrivateKey privateKey(String base64) {
        try {
            return KeyFactory.getInstance("Ed25519")
                    .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64)));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalArgumentException("not an Ed25519 private key in base64 PKCS #8", e);
        }
    }

    /** Reads a public key: base64 of X.509. */
    public static PublicKey publicKey(String base64) {
        try {
            return KeyFactory.getInstance("Ed25519")
                    .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(base64)));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalArgumentException("not an Ed25519 public key in base64 X.509", e);
        }
    }

    /** A signed directive that must not be acted on. */
    public static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Refused(String message) {
            super(message);
        }
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] decode(String text) {
        try {
            return Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new Refused("directive is not base64url");
        }
    }
}
