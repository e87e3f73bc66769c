package io.sluice.contracts.budget;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class BudgetTest {
    private static final Instant FIRST = Instant.parse("2026-11-01T00:00:00Z");
    private static final Instant NEXT = Instant.parse("2026-12-01T00:00:00Z");

    @Test
    void a_period_begins_before_it_ends() {
        assertThatThrownBy(() -> budget("100", "1", NEXT, FIRST)).hasMessageContaining("period");
        assertThatThrownBy(() -> budget("100", "1", FIRST, FIRST)).hasMessageContaining("period");
    }

    @Test
    void amounts_are_not_negative_and_nothing_is_an_amount() {
        assertThatThrownBy(() -> budget("-1", "1", FIRST, NEXT)).hasMessageContaining("limit");
        assertThatThrownBy(() -> budget("1", "-1", FIRST, NEXT)).hasMessageContaining("used");
        assertThatCode(() -> budget("0", "0", FIRST, NEXT)).doesNotThrowAnyException();
    }

    @Test
    void quantiles_ascend() {
        assertThatThrownBy(() -> new Budget.Projection(BigDecimal.TWO, BigDecimal.ONE, BigDecimal.TEN))
                .hasMessageContaining("ascend");
    }

    private static Budget budget(String limit, String used, Instant from, Instant to) {
        return new Budget(
                "id",
                Budget.Kind.CDN_COST,
                "global",
                "acme",
                "USD",
                new BigDecimal(limit),
                new BigDecimal(used),
                FIRST,
                Budget.Basis.LIVE,
                from,
                to,
                null,
                null,
                null,
                "test");
    }
}
