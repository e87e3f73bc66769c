package io.sluice.optimizer.decisions;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.sluice.contracts.budget.Budget;
import io.sluice.platform.neighbour.Neighbours;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpMethod;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Reads what neighbours know. One that is away, or answers with something unreadable, has told nothing: what it told last is
 * held. A single budget that makes no sense is left out, and so held, too.
 */
@ApplicationScoped
@RegisterForReflection(targets = {Budget.class, Budget.Projection.class})
class Signals {
    private static final Logger LOG = Logger.getLogger(Signals.class);
    private static final String METRICS = "metrics-service";
    private static final TypeReference<Map<String, JsonNode>> FIELDS = new TypeReference<>() {};

    private final Neighbours neighbours;
    private final ObjectMapper json;
    private final PolicyConfig config;

    Signals(Neighbours neighbours, ObjectMapper json, PolicyConfig config) {
        this.neighbours = neighbours;
        this.json = json;
        this.config = config;
    }

    /**
     * Everything that was told.
     *
     * @param answered whether every neighbour that is configured has told its budgets
     * @param errors of all CDNs together; null when not told
     */
    record Told(
            List<Budget> budgets,
            boolean answered,
            @Nullable Errors errors) {}

    /** Requests of the last five minutes and the share that failed. */
    record Errors(long requests, double ratio) {}

    Uni<Told> read() {
        Uni<Items> lfs = items("lfs-tracker", "/api/v1/budgets?limit=1000");
        Uni<Items> cdn = items(METRICS, "/api/v1/budgets?limit=1000");
        Uni<Items> health = items(METRICS, "/api/v1/cdn/health-signals?window=PT5M");
        return Uni.combine().all().unis(lfs, cdn, health).asTuple().map(told -> {
            List<Budget> budgets = new ArrayList<>(budgets(told.getItem1()));
            budgets.addAll(budgets(told.getItem2()));
            boolean answered = told.getItem1().answered && told.getItem2().answered;
            return new Told(budgets, answered, errors(told.getItem3()));
        });
    }

    private record Items(boolean answered, List<JsonNode> nodes) {
        private static final Items NONE = new Items(false, List.of());
    }

    private Uni<Items> items(String neighbour, String path) {
        if (neighbours.url(neighbour).isEmpty()) {
            return Uni.createFrom().item(new Items(true, List.of()));
        }
        return neighbours
                .call(neighbour, HttpMethod.GET, path, Map.of(), null, config.timeout())
                .map(response -> response.statusCode() == 200 ? parse(response.bodyAsString()) : Items.NONE)
                .onFailure()
                .recoverWithItem(failure -> {
                    LOG.debugf("%s: %s", neighbour, failure.getMessage());
                    return Items.NONE;
                });
    }

    private Items parse(@Nullable String body) {
        try {
            JsonNode items = json.readValue(body == null ? "{}" : body, FIELDS).get("items");
            if (items == null || !items.isArray()) {
                return Items.NONE;
            }
            List<JsonNode> nodes = new ArrayList<>();
            items.forEach(nodes::add);
            return new Items(true, nodes);
        } catch (JsonProcessingException e) {
            LOG.warnf("budgets cannot be read: %s", e.getOriginalMessage());
            return Items.NONE;
        }
    }

    private List<Budget> budgets(Items items) {
        List<Budget> budgets = new ArrayList<>();
        for (JsonNode node : items.nodes) {
            try {
                budgets.add(json.treeToValue(node, Budget.class));
            } catch (JsonProcessingException e) {
                LOG.warnf("budget left out: %s", e.getOriginalMessage());
            }
        }
        return budgets;
    }

    private static @Nullable Errors errors(Items items) {
        long requests = 0;
        double failed = 0;
        for (JsonNode node : items.nodes) {
            long these = node.path("requests").asLong(0);
            double ratio = node.path("errorRatio").asDouble(0);
            if (these > 0 && ratio >= 0 && ratio <= 1) {
                requests += these;
                failed += these * ratio;
            }
        }
        return requests == 0 ? null : new Errors(requests, failed / requests);
    }
}
