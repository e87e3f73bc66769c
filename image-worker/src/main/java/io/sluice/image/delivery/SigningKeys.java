package io.sluice.image.delivery;

import io.sluice.contracts.image.AddressSigner;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;

/**
 * Keys at one moment. Immutable.
 *
 * @param active id of the one that signs
 * @param ids of all
 * @param signer that has them
 */
record SigningKeys(String active, Set<String> ids, AddressSigner signer) {
    private static final String KEY = "keys.";

    /**
     * @param secrets base64 by key id
     * @throws IllegalArgumentException saying which of them cannot be used; never with a secret in it
     */
    static SigningKeys of(String active, Map<String, String> secrets) {
        Map<String, byte[]> decoded = new HashMap<>();
        secrets.forEach((kid, secret) -> {
            try {
                decoded.put(kid, Base64.getDecoder().decode(secret.strip()));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("secret of key " + kid + " is not base64", e);
            }
        });
        return new SigningKeys(active, new TreeSet<>(decoded.keySet()), new AddressSigner(active, decoded));
    }

    /**
     * Reads Java properties: {@code active} and for each key {@code keys.<kid>}, as the configuration has them.
     *
     * @throws IllegalArgumentException as {@link #of}, and when anything else stands there
     */
    static SigningKeys parse(byte[] file) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(new String(file, StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new IllegalArgumentException("it is no properties file", e);
        }
        Map<String, String> secrets = new HashMap<>();
        for (String name : properties.stringPropertyNames()) {
            if (name.startsWith(KEY)) {
                secrets.put(name.substring(KEY.length()), properties.getProperty(name));
            } else if (!name.equals("active")) {
                throw new IllegalArgumentException("it has a line '" + name + "'; known are active and keys.<kid>");
            }
        }
        String active = properties.getProperty("active");
        if (active == null) {
            throw new IllegalArgumentException("it does not say which key is active");
        }
        return of(active.strip(), secrets);
    }
}
