package io.sluice.metrics.budgets;

import io.sluice.contracts.budget.Budget;
import io.sluice.contracts.page.Page;
import io.sluice.platform.access.Roles;
import io.sluice.platform.problem.InvalidRequest;
import io.sluice.platform.problem.UnknownResource;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** What the CDNs may cost in a month. */
@Path("/api/v1/budgets")
@Produces(MediaType.APPLICATION_JSON)
public class BudgetResource {
    private final BudgetStore store;
    private final Budgets budgets;
    private final BudgetChecks checks;

    BudgetResource(BudgetStore store, Budgets budgets, BudgetChecks checks) {
        this.store = store;
        this.budgets = budgets;
        this.checks = checks;
    }

    @GET
    @RolesAllowed(Roles.VIEWER)
    @Operation(operationId = "listBudgets", summary = "Budgets, what has been used of them, and what will be")
    public Uni<Page<Budget>> list(
            @QueryParam("limit") @DefaultValue("100") int limit, @QueryParam("cursor") @Nullable String cursor) {
        if (limit < 1 || limit > 1000) {
            throw new InvalidRequest("limit", "must be 1-1000");
        }
        return store.list(cursor == null ? "" : cursor, limit + 1)
                .chain(found -> budgets.ledger().map(ledger -> {
                    List<Budget> items =
                            found.stream().limit(limit).map(ledger::budget).toList();
                    return new Page<>(
                            items, found.size() > limit ? found.get(limit - 1).id() : null);
                }));
    }

    @PUT
    @Path("{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Roles.OPERATOR)
    @Operation(operationId = "putBudget", summary = "Set what CDNs may cost in a calendar month (UTC)")
    public Uni<Budget> put(String id, @Nullable BudgetChange change, @Context SecurityContext caller) {
        if (change == null) {
            throw new InvalidRequest("limit", "is required");
        }
        BudgetLimit budget = checks.budget(id, change);
        return store.put(budget, caller.getUserPrincipal().getName())
                .chain(budgets::ledger)
                .map(ledger -> ledger.budget(budget));
    }

    @DELETE
    @Path("{id}")
    @RolesAllowed(Roles.OPERATOR)
    @Operation(operationId = "deleteBudget", summary = "Have this budget no longer")
    public Uni<Void> delete(String id, @Context SecurityContext caller) {
        return store.delete(id, caller.getUserPrincipal().getName())
                .invoke(deleted -> {
                    if (!deleted) {
                        throw new UnknownResource("budget", id);
                    }
                })
                .replaceWithVoid();
    }
}
