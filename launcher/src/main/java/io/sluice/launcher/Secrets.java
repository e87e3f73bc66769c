package io.sluice.launcher;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Properties;

/** Tokens, passwords and keys of one installation: made at the first start, readable by the owner only. */
final class Secrets {
    private final Properties values;

    private Secrets(Properties values) {
        this.values = values;
    }

    /** Reads them, or makes them when there are none. */
    static Secrets of(Layout layout) {
        Path file = layout.conf().resolve("secrets.properties");
        Properties values = new Properties();
        if (Files.exists(file)) {
            try (Reader reader = Files.newBufferedReader(file)) {
                values.load(reader);
            } catch (IOException | IllegalArgumentException e) {
                throw new Remedy(
                        file + " cannot be read: restore it, or remove " + layout.data() + " to start anew.", e);
            }
        } else {
            fill(values);
            StringBuilder text = new StringBuilder();
            values.stringPropertyNames().stream()
                    .sorted()
                    .forEach(name -> text.append(name)
                            .append('=')
                            .append(values.getProperty(name))
                            .append('\n'));
            Layout.writePrivate(file, text.toString());
        }
        Secrets secrets = new Secrets(values);
        Layout.writePrivate(
                layout.tokens(),
                "viewer=" + secrets.token("viewer") + "\noperator=" + secrets.token("operator") + "\nservice="
                        + secrets.token("service") + "\n");
        return secrets;
    }

    /** Bearer token of a role. */
    String token(String role) {
        return get("token." + role);
    }

    /** SHA-256 of a role's token in hex: what the services are given. */
    String tokenDigest(String role) {
        return sha256(token(role));
    }

    String databasePassword(String role) {
        return get("database." + role);
    }

    /** Secret of the address signatures, base64. */
    String signingKey() {
        return get("signing.key");
    }

    /** PKCS #8 in base64. */
    String directivePrivateKey() {
        return get("directive.private");
    }

    /** X.509 in base64. */
    String directivePublicKey() {
        return get("directive.public");
    }

    /** What an edge wants to hear before it drops an object. */
    String edgePurge() {
        return sha256("edge-purge:" + signingKey());
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private String get(String name) {
        String value = values.getProperty(name);
        if (value == null) {
            throw new Remedy(
                    "The installation's secrets lack " + name + ": remove the data folder (.sluice) to start anew.");
        }
        return value;
    }

    private static void fill(Properties values) {
        SecureRandom random = new SecureRandom();
        for (String role : new String[] {"viewer", "operator", "service"}) {
            values.setProperty("token." + role, text(random));
        }
        values.setProperty("database.postgres", text(random));
        for (Service service : Service.values()) {
            values.setProperty("database." + service.schema(), text(random));
        }
        byte[] key = new byte[32];
        random.nextBytes(key);
        values.setProperty("signing.key", Base64.getEncoder().encodeToString(key));
        try {
            KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            values.setProperty(
                    "directive.private",
                    Base64.getEncoder().encodeToString(pair.getPrivate().getEncoded()));
            values.setProperty(
                    "directive.public",
                    Base64.getEncoder().encodeToString(pair.getPublic().getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(SecureRandom random) {
        byte[] bytes = new byte[24];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
