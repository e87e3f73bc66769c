package io.sluice.metrics.budgets;

import io.sluice.contracts.problem.Problem.FieldError;
import io.sluice.metrics.usage.PriceBook;
import io.sluice.platform.problem.InvalidRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a budget must be. */
@ApplicationScoped
class BudgetChecks {
    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9:_.-]{0,99}");
    private static final Pattern CDN = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");
    private static final BigDecimal LARGEST = new BigDecimal("1e12");
    private static final int MOST_DIGITS = 6;

    private final PriceBook prices;

    BudgetChecks(PriceBook prices) {
        this.prices = prices;
    }

    /** @throws InvalidRequest naming each field that is not what it must be */
    BudgetLimit budget(String id, BudgetChange change) {
        List<FieldError> errors = new ArrayList<>();
        String currency = change.currency() == null ? prices.currency() : change.currency();
        List<String> cdns = change.cdns() == null ? List.of() : change.cdns();
        if (!ID.matcher(id).matches()) {
            errors.add(new FieldError("id", "must be 1-100 of a-z 0-9 : _ . -"));
        }
        limit(change.limit(), errors);
        if (!currency.equals(prices.currency())) {
            errors.add(new FieldError(
                    "currency",
                    "must be " + prices.currency() + ", that of the price book: amounts are not converted"));
        }
        if (cdns.stream().anyMatch(cdn -> !CDN.matcher(cdn).matches())) {
            errors.add(new FieldError("cdns", "must be names of CDNs"));
        }
        if (change.scope() != null && !change.scope().equals("global")) {
            errors.add(new FieldError("scope", "must be global: cost is known by CDN, not by collection"));
        }
        if (!errors.isEmpty()) {
            throw new InvalidRequest(errors);
        }
        return new BudgetLimit(id, java.util.Objects.requireNonNull(change.limit()), currency, cdns);
    }

    /** A configured budget; one that cannot be stops the start. */
    BudgetLimit seed(String id, BudgetConfig.Seed seed) {
        try {
            return budget(
                    id,
                    new BudgetChange(seed.limit(), seed.currency(), seed.cdns().orElse(null), null));
        } catch (InvalidRequest e) {
            throw new IllegalArgumentException("sluice.metrics.budgets." + id + ": " + e.getMessage());
        }
    }

    private static void limit(@Nullable BigDecimal limit, List<FieldError> errors) {
        if (limit == null) {
            errors.add(new FieldError("limit", "is required"));
        } else if (limit.signum() <= 0) {
            errors.add(new FieldError("limit", "must be above 0; delete the budget to have none"));
        } else if (limit.compareTo(LARGEST) > 0 || limit.scale() > MOST_DIGITS) {
            errors.add(new FieldError("limit", "must be at most 1e12, with at most 6 decimal digits"));
        }
    }
}
