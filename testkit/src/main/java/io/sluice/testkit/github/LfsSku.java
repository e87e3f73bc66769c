package io.sluice.testkit.github;

import java.math.BigDecimal;

/** The two SKUs of Git LFS as the usage report names them, their units and their list prices in USD. */
public enum LfsSku {
    /** Billed by the hour: 0.07 USD a month and 744 hours. */
    STORAGE("Git LFS storage", "GigabyteHours", new BigDecimal("0.000094086")),
    BANDWIDTH("Git LFS bandwidth", "Gigabytes", new BigDecimal("0.0875"));

    private final String displayName;
    private final String unitType;
    private final BigDecimal price;

    LfsSku(String displayName, String unitType, BigDecimal price) {
        this.displayName = displayName;
        this.unitType = unitType;
        this.price = price;
    }

    /** Name in the field {@code sku}. */
    public String displayName() {
        return displayName;
    }

    /** Content of the field {@code unitType}. */
    public String unitType() {
        return unitType;
    }

    /** USD for one unit. */
    public BigDecimal price() {
        return price;
    }
}
