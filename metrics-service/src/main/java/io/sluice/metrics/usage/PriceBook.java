package io.sluice.metrics.usage;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What CDNs charge. The price in force on a day is that with the latest {@code validFrom} not after it.
 *
 * @param asOf when the prices were looked up
 * @param currency ISO 4217, of all prices
 * @param note what is and what is not in them
 */
public record PriceBook(
        LocalDate asOf, String currency, @Nullable String note, List<Price> prices) {
    private static final BigDecimal GIGABYTE = BigDecimal.valueOf(1_000_000_000L);
    private static final BigDecimal TEN_THOUSAND = BigDecimal.valueOf(10_000L);

    public PriceBook {
        Currency.getInstance(currency);
        prices = prices.stream()
                .sorted(Comparator.comparing(Price::validFrom).reversed())
                .toList();
    }

    /**
     * A CDN's price.
     *
     * @param region of the list price
     * @param perGigabyte of 10^9 bytes
     * @param source where it was found
     */
    public record Price(
            String cdn,
            @Nullable String region,
            LocalDate validFrom,
            BigDecimal perGigabyte,
            BigDecimal perTenThousandRequests,
            @Nullable String source) {
        public Price {
            if (cdn == null || validFrom == null || perGigabyte == null || perTenThousandRequests == null) {
                throw new IllegalArgumentException(
                        "a price needs cdn, validFrom, perGigabyte and perTenThousandRequests");
            }
            if (perGigabyte.signum() < 0 || perTenThousandRequests.signum() < 0) {
                throw new IllegalArgumentException("the price of " + cdn + " must not be negative");
            }
        }
    }

    /** What bytes and requests of a day cost; empty when no price is known. Exact, not rounded to cents. */
    public Optional<BigDecimal> cost(String cdn, LocalDate day, long bytes, long requests) {
        return price(cdn, day)
                .map(price -> price.perGigabyte()
                        .multiply(BigDecimal.valueOf(bytes))
                        .divide(GIGABYTE, MathContext.DECIMAL64)
                        .add(price.perTenThousandRequests()
                                .multiply(BigDecimal.valueOf(requests))
                                .divide(TEN_THOUSAND, MathContext.DECIMAL64)));
    }

    /** The price in force on a day. */
    Optional<Price> price(String cdn, LocalDate day) {
        return prices.stream()
                .filter(price -> price.cdn().equals(cdn) && !price.validFrom().isAfter(day))
                .findFirst();
    }
}
