package io.sluice.gateway.pricing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.platform.access.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** List prices to start a contract from: a dated file, never a constant of the code, and never used by a decision. */
@Path("/api/v1/list-prices")
@Tag(name = "Contracts")
class ListPricesResource {
    private static final String BUNDLED = "/list-prices.json";

    private final PricingConfig config;
    private final ObjectMapper json;

    ListPricesResource(PricingConfig config, ObjectMapper json) {
        this.config = config;
        this.json = json;
    }

    @GET
    @RolesAllowed(Roles.VIEWER)
    @RunOnVirtualThread
    @Operation(
            summary = "List prices of vendors by region, as of their date, with their sources",
            description = "Prices are per GB of 10^9 bytes. Take what fits into a contract; nothing else reads them.")
    public JsonNode prices() {
        try (InputStream file = config.listPricesFile().isPresent()
                ? Files.newInputStream(config.listPricesFile().get())
                : Objects.requireNonNull(ListPricesResource.class.getResourceAsStream(BUNDLED))) {
            return json.readTree(file);
        } catch (IOException e) {
            throw new UncheckedIOException("the list prices cannot be read", e);
        }
    }
}
