package io.sluice.testkit.access;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/** Gives a service under test one token for each role: {@value #VIEWER}, {@value #OPERATOR} and {@value #SERVICE}. */
public final class TestTokens implements QuarkusTestResourceLifecycleManager {
    public static final String VIEWER = "viewer-token";
    public static final String OPERATOR = "operator-token";
    public static final String SERVICE = "service-token";

    @Override
    public Map<String, String> start() {
        Map<String, String> config = new HashMap<>();
        add(config, "viewer", VIEWER);
        add(config, "operator", OPERATOR);
        add(config, "service", SERVICE);
        return config;
    }

    @Override
    public void stop() {
        // Nothing to release.
    }

    private static void add(Map<String, String> config, String role, String token) {
        config.put("sluice.access.tokens." + role + ".sha256", sha256(token));
        config.put("sluice.access.tokens." + role + ".roles", role);
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
