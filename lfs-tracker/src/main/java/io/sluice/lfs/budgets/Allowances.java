package io.sluice.lfs.budgets;

import io.sluice.lfs.account.AccountConfig;
import io.sluice.lfs.account.AccountConfig.ByteUnit;
import io.sluice.lfs.account.BillingPeriod;
import io.sluice.lfs.account.Sku;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;

/**
 * What the account may use: as configured, else as its plan includes ({@code plans.properties}, from docs.github.com), else not
 * known. Also the list prices, which serve to project only.
 */
@ApplicationScoped
class Allowances {
    private static final BigDecimal GIB_IN_GB = new BigDecimal("1.073741824");

    private final AccountConfig config;
    private final Properties plans = new Properties();

    Allowances(AccountConfig config) {
        this.config = config;
        try (InputStream in = Allowances.class.getResourceAsStream("plans.properties")) {
            if (in == null) {
                throw new IllegalStateException("plans.properties is not on the class path");
            }
            plans.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A limit and where it comes from. */
    record Allowance(BigDecimal limit, String provenance) {}

    /** In GiB or GB for bandwidth, times the month's hours for storage; empty when it is not known. */
    Optional<Allowance> of(Sku sku, BillingPeriod period) {
        boolean stored = sku.equals(Sku.STORAGE);
        Optional<BigDecimal> set =
                stored ? config.allowance().storage() : config.allowance().bandwidth();
        String key = stored ? "storage" : "bandwidth";
        Optional<Allowance> allowance = set.map(
                        limit -> new Allowance(limit, "limit set by sluice.lfs.allowance." + key))
                .or(() -> included(key));
        return stored
                ? allowance.map(
                        a -> new Allowance(a.limit().multiply(BigDecimal.valueOf(period.hours())), a.provenance()))
                : allowance;
    }

    /** What may be billed in a month, in USD. */
    Optional<Allowance> cost() {
        return config.allowance().cost().map(limit -> new Allowance(limit, "limit set by sluice.lfs.allowance.cost"));
    }

    /** USD for a unit by the price list. */
    double listPrice(Sku sku) {
        return Double.parseDouble(
                plans.getProperty(sku.equals(Sku.STORAGE) ? "price.storage-hour" : "price.bandwidth"));
    }

    private Optional<Allowance> included(String key) {
        return config.plan().map(plan -> plan.toLowerCase(Locale.ROOT)).flatMap(plan -> {
            String gib = plans.getProperty(plan + "." + key + "-gib");
            return gib == null
                    ? Optional.empty()
                    : Optional.of(new Allowance(
                            inUnit(new BigDecimal(gib)), "limit of the plan " + plan + ": " + gib + " GiB"));
        });
    }

    private BigDecimal inUnit(BigDecimal gib) {
        return config.unit() == ByteUnit.GIB ? gib : gib.multiply(GIB_IN_GB);
    }
}
