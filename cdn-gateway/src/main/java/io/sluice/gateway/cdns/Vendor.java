package io.sluice.gateway.cdns;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who runs a CDN and how we are known there.
 *
 * @param kind whose API it is
 * @param settings as {@link VendorKind} lists them, values of 1-64 {@code A-Z a-z 0-9 _ -}
 * @param credential name of a configured secret, never the secret; required but for {@link VendorKind#HTTP}
 */
public record Vendor(
        VendorKind kind,
        Map<String, String> settings,
        @Nullable String credential) {
    /** A cache of one's own that cannot be purged. */
    public static final Vendor NONE = new Vendor(VendorKind.HTTP, Map.of(), null);

    private static final Pattern VALUE = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final Pattern CREDENTIAL = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
    private static final Set<String> PLANS = Set.of("free", "pro", "business", "enterprise");
    private static final Set<String> PURGES = Set.of("none", "method", "ban", "refetch");

    public Vendor {
        settings = Map.copyOf(settings);
        if (!kind.required().isEmpty() && !settings.containsKey(kind.required())) {
            throw new IllegalArgumentException("settings need " + kind.required() + " for " + kind);
        }
        for (Map.Entry<String, String> setting : new TreeMap<>(settings).entrySet()) {
            if (!kind.knows(setting.getKey())) {
                throw new IllegalArgumentException("settings has '" + setting.getKey() + "', unknown for " + kind);
            }
            if (!VALUE.matcher(setting.getValue()).matches()) {
                throw new IllegalArgumentException(
                        "settings must be 1-64 of A-Z a-z 0-9 _ -, " + setting.getKey() + " is not");
            }
        }
        choice(settings, "plan", PLANS);
        choice(settings, "purge", PURGES);
        if (credential == null && kind.needsCredential()) {
            throw new IllegalArgumentException(
                    "credential is required for " + kind + ": the name of a configured secret");
        }
        if (credential != null && !CREDENTIAL.matcher(credential).matches()) {
            throw new IllegalArgumentException("credential must be 1-63 of a-z 0-9 -, the name of a configured secret");
        }
    }

    /** A setting that this kind requires. */
    public String setting(String name) {
        String value = settings.get(name);
        if (value == null) {
            throw new IllegalArgumentException(kind + " has no setting " + name);
        }
        return value;
    }

    /** A setting, or what holds without it. */
    public String setting(String name, String otherwise) {
        return settings.getOrDefault(name, otherwise);
    }

    private static void choice(Map<String, String> settings, String name, Set<String> choices) {
        String value = settings.get(name);
        if (value != null && !choices.contains(value)) {
            throw new IllegalArgumentException(
                    "settings need " + name + " to be one of " + String.join(", ", new TreeSet<>(choices)));
        }
    }
}
