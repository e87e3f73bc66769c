package io.sluice.lfs.account;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A stock keeping unit of Git LFS. GitHub writes it in several ways ({@code Git LFS storage}, {@code git_lfs_storage}); here
 * it has one name.
 *
 * @param name {@code LFS_STORAGE}, {@code LFS_BANDWIDTH}, or GitHub's own name of one that is not known yet
 * @param unit of its quantity
 */
public record Sku(String name, Unit unit) {
    /** Stored bytes by the hour. */
    public static final Sku STORAGE = new Sku("LFS_STORAGE", Unit.GIGABYTE_HOURS);

    /** Downloaded bytes. */
    public static final Sku BANDWIDTH = new Sku("LFS_BANDWIDTH", Unit.GIGABYTES);

    private static final Pattern NOISE = Pattern.compile("[^a-z0-9]");

    /** What a quantity counts. */
    public enum Unit {
        GIGABYTES,
        GIGABYTE_HOURS,
        /** Of a SKU that is not known yet. */
        OTHER
    }

    /** Whether it is one of the two that budgets are made of. */
    public boolean known() {
        return equals(STORAGE) || equals(BANDWIDTH);
    }

    /** Reads GitHub's names; empty when the row is not of Git LFS. */
    public static Optional<Sku> of(String displayName, String unitType) {
        String name = NOISE.matcher(displayName.toLowerCase(Locale.ROOT)).replaceAll("");
        if (!name.contains("lfs")) {
            return Optional.empty();
        }
        Unit unit = unit(unitType);
        if (name.contains("storage")) {
            return Optional.of(new Sku(STORAGE.name(), unit));
        }
        if (name.contains("bandwidth")) {
            return Optional.of(new Sku(BANDWIDTH.name(), unit));
        }
        return Optional.of(new Sku(name, Unit.OTHER));
    }

    private static Unit unit(String unitType) {
        return switch (NOISE.matcher(unitType.toLowerCase(Locale.ROOT)).replaceAll("")) {
            case "gigabytehours", "gigabytehour", "gibhours", "gibhour", "gbhours", "gbhour" -> Unit.GIGABYTE_HOURS;
            case "gigabytes", "gigabyte", "gb", "gib" -> Unit.GIGABYTES;
            default -> Unit.OTHER;
        };
    }
}
