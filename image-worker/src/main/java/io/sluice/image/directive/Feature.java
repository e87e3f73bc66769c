package io.sluice.image.directive;

import java.util.Arrays;
import java.util.List;

/** What a directive can switch off here by {@code disabledFeatures}; nothing that protects is among it. */
public enum Feature {
    /** New AVIF encodes; stored ones are served. */
    ENCODE_AVIF("encode.avif"),
    /** The search for the quality of an address that names a likeness; its address leads to the fixed quality. */
    QUALITY_TARGET("quality.target");

    private final String token;

    Feature(String token) {
        this.token = token;
    }

    /** As a directive spells it. */
    public String token() {
        return token;
    }

    /** Every token. */
    static List<String> tokens() {
        return Arrays.stream(values()).map(Feature::token).toList();
    }
}
