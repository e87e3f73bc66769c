package io.sluice.gateway.pricing;

import io.sluice.platform.access.Roles;
import io.sluice.platform.problem.InvalidRequest;
import io.sluice.platform.problem.UnknownResource;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The contract with each CDN. */
@Path("/api/v1/cdns/{name}/contract")
@Tag(name = "Contracts")
class ContractsResource {
    private final Contracts contracts;
    private final ContractStore store;

    ContractsResource(Contracts contracts, ContractStore store) {
        this.contracts = contracts;
        this.store = store;
    }

    @GET
    @RolesAllowed(Roles.VIEWER)
    @Operation(summary = "What this CDN is paid")
    public Contract get(String name) {
        Contract contract = contracts.byCdn().get(name);
        if (contract == null) {
            throw unknown(name);
        }
        return contract;
    }

    @PUT
    @RolesAllowed(Roles.OPERATOR)
    @Operation(
            summary = "Creates or replaces the contract",
            description = "A GB is 10^9 bytes; prices are decimal strings; all contracts must be in one currency.")
    public Uni<Contract> put(String name, @Nullable Contract body) {
        if (body == null) {
            throw new InvalidRequest("body", "must be a contract");
        }
        contracts.byCdn().forEach((cdn, other) -> {
            if (!cdn.equals(name) && !other.currency().equals(body.currency())) {
                throw new InvalidRequest("currency", "must be " + other.currency() + ", as in the other contracts");
            }
        });
        return store.put(name, body)
                .invoke(found -> {
                    if (!found) {
                        throw new UnknownResource("CDN", name);
                    }
                })
                .chain(contracts::refresh)
                .replaceWith(body);
    }

    @DELETE
    @RolesAllowed(Roles.OPERATOR)
    @Operation(summary = "Removes the contract: what this CDN costs is not known then, and counts as nothing")
    public Uni<Void> delete(String name) {
        return store.delete(name)
                .invoke(found -> {
                    if (!found) {
                        throw unknown(name);
                    }
                })
                .chain(contracts::refresh)
                .replaceWithVoid();
    }

    private static UnknownResource unknown(String name) {
        return new UnknownResource("contract", name);
    }
}
