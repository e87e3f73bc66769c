package io.sluice.gateway.markets;

import java.time.Instant;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A group of countries with a policy.
 *
 * @param name 1-63 of {@code a-z 0-9 -}, not starting with a sign
 * @param version of its policy, from 1; 0 for a default market that nobody changed
 * @param changedAt when this version came into force
 */
@Schema(name = "Market")
public record Market(String name, long version, Instant changedAt, Policy policy) {
    /** Name of the market of all countries that no other has. */
    public static final String STANDARD = "default";

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    public Market {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("name must be 1-63 of a-z 0-9 -, not starting with -");
        }
        if (name.equals(STANDARD) != policy.countries().isEmpty()) {
            throw new IllegalArgumentException(
                    name.equals(STANDARD)
                            ? "countries must be absent: the default market has all that no other names"
                            : "countries is required");
        }
    }

    static Market standard() {
        return new Market(STANDARD, 0, Instant.EPOCH, Policy.NONE);
    }
}
