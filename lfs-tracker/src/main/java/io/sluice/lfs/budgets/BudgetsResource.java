package io.sluice.lfs.budgets;

import io.sluice.contracts.budget.Budget;
import io.sluice.contracts.page.Page;
import io.sluice.lfs.account.GithubConfig;
import io.sluice.platform.access.Roles;
import io.sluice.platform.problem.InvalidRequest;
import io.sluice.platform.problem.UnknownResource;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The budgets, for optimizer-service and for people. */
@Path("/api/v1/budgets")
public class BudgetsResource {
    private static final int MOST = 200;
    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");
    private static final Pattern REPOSITORY = Pattern.compile("[A-Za-z0-9._-]{1,100}");
    private static final BigDecimal LARGEST = BigDecimal.valueOf(10_000_000);

    private final BudgetBook book;
    private final RepositoryBudgetStore store;
    private final GithubConfig github;
    private final InstantSource clock;

    BudgetsResource(BudgetBook book, RepositoryBudgetStore store, GithubConfig github, InstantSource clock) {
        this.book = book;
        this.store = store;
        this.github = github;
        this.clock = clock;
    }

    /**
     * A limit for one repository.
     *
     * @param kind {@code LFS_BANDWIDTH} or {@code LFS_STORAGE}
     * @param repository without owner
     * @param limit for a month, in GiB (GB when {@code sluice.lfs.unit} says so); for storage what may be stored all month
     */
    public record Limit(
            Budget.@Nullable Kind kind,
            @Nullable String repository,

            @Schema(description = "GiB a month; decimal string") @Nullable
            BigDecimal limit) {}

    @GET
    @RolesAllowed(Roles.VIEWER)
    @Operation(
            summary = "This month's budgets: bandwidth, storage and cost of the account, and those of repositories",
            description =
                    "Empty until GitHub's bill was read for the first time. limit is absent when the plan is not known.")
    public Uni<Page<Budget>> budgets() {
        return book.budgets().map(Page::whole);
    }

    @GET
    @Path("{id}")
    @RolesAllowed(Roles.VIEWER)
    @Operation(summary = "One budget")
    public Uni<Budget> budget(String id) {
        return book.budgets()
                .map(budgets -> budgets.stream()
                        .filter(budget -> budget.id().equals(id))
                        .findFirst()
                        .orElseThrow(() -> new UnknownResource("budget", id)));
    }

    @PUT
    @Path("{id}")
    @RolesAllowed(Roles.OPERATOR)
    @Operation(summary = "Sets or replaces the budget of one repository", description = "At most 200 of them.")
    public Uni<Limit> put(String id, Limit limit) {
        RepositoryBudget budget = checked(id, limit);
        return store.put(organisation(), budget, clock.instant(), MOST).map(stored -> {
            if (!stored) {
                throw new TooManyBudgets(MOST);
            }
            return limit;
        });
    }

    @DELETE
    @Path("{id}")
    @RolesAllowed(Roles.OPERATOR)
    @Operation(summary = "Removes the budget of one repository; its alerts are resolved")
    public Uni<Void> remove(String id) {
        return store.remove(id).map(removed -> {
            if (!removed) {
                throw new UnknownResource("budget of a repository", id);
            }
            return null;
        });
    }

    private String organisation() {
        return github.organisation()
                .orElseThrow(() -> new InvalidRequest("id", "needs sluice.lfs.github.organisation to be set"));
    }

    private static RepositoryBudget checked(String id, @Nullable Limit limit) {
        if (!ID.matcher(id).matches()) {
            throw new InvalidRequest("id", "must be 1-63 of a-z, 0-9, '.', '_', '-', and begin with a letter or digit");
        }
        if (limit == null || (limit.kind() != Budget.Kind.LFS_BANDWIDTH && limit.kind() != Budget.Kind.LFS_STORAGE)) {
            throw new InvalidRequest(
                    "kind",
                    "must be LFS_BANDWIDTH or LFS_STORAGE: the allowance is shared, so no repository has a cost");
        }
        if (limit.repository() == null
                || !REPOSITORY.matcher(limit.repository()).matches()) {
            throw new InvalidRequest("repository", "must be a repository's name without its owner");
        }
        if (limit.limit() == null
                || Math.abs((long) limit.limit().scale()) > 20
                || limit.limit().signum() <= 0
                || limit.limit().compareTo(LARGEST) > 0) {
            throw new InvalidRequest("limit", "must be above 0 and at most " + LARGEST);
        }
        return new RepositoryBudget(id, limit.kind(), limit.repository(), limit.limit());
    }
}
