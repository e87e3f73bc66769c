package io.sluice.lfs.account;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Amounts as whole billionths, as they are stored: exact to the nine decimals that GitHub reports. */
public final class Nano {
    private static final int DIGITS = 9;

    private Nano() {}

    /**
     * Rounds to nine decimals.
     *
     * @throws ArithmeticException from 9.2 thousand million on
     */
    public static long of(BigDecimal amount) {
        return amount.setScale(DIGITS, RoundingMode.HALF_UP).unscaledValue().longValueExact();
    }

    /** The amount without trailing zeros. */
    public static BigDecimal amount(long nano) {
        BigDecimal amount = BigDecimal.valueOf(nano, DIGITS).stripTrailingZeros();
        return amount.scale() < 0 ? amount.setScale(0) : amount;
    }
}
