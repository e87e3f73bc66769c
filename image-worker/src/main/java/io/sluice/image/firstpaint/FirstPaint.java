package io.sluice.image.firstpaint;

import io.sluice.contracts.image.MalformedAddress;
import io.sluice.contracts.image.Names;
import io.sluice.contracts.image.Source;
import io.sluice.contracts.image.VariantAddress;
import io.sluice.image.files.VariantIndex;
import io.sluice.image.job.JobStore;
import io.sluice.image.job.NewJob;
import io.sluice.image.variant.EncoderProfile;
import io.sluice.platform.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Queues what a collection's pages show first, when an image gets a name in it: one job, at the lowest priorities, so that
 * whoever waits goes first. Never fails the naming: what is not queued is made when it is asked for.
 */
@ApplicationScoped
public class FirstPaint {
    private static final Logger LOG = Logger.getLogger(FirstPaint.class);
    private static final int PRIORITY = 8;
    private static final int MOST = 20;

    private final Map<String, List<String>> recipes;
    private final VariantIndex index;
    private final JobStore jobs;
    private final EncoderProfile profile;

    FirstPaint(FirstPaintConfig config, VariantIndex index, JobStore jobs, EncoderProfile profile) {
        this.recipes = config.collections().entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey,
                        entry -> checked(entry.getKey(), entry.getValue().recipes())));
        this.index = index;
        this.jobs = jobs;
        this.profile = profile;
    }

    /** Queues what is missing of a source that was named just now. Asks the store, so it blocks. */
    public void of(Source source) {
        try {
            queue(source);
        } catch (ProblemException e) {
            LOG.warnf("first paint of %s is not queued: %s", source.path(), e.getMessage());
        }
    }

    private void queue(Source source) {
        List<String> missing = recipes.getOrDefault(source.collection(), List.of()).stream()
                .map(recipe -> address(source.collection(), source.oid(), profile.id(), recipe))
                .filter(address -> index.find(address).isEmpty())
                .map(VariantAddress::path)
                .toList();
        if (!missing.isEmpty()) {
            jobs.enqueue(new NewJob("first-paint", source.oid(), missing, PRIORITY))
                    .subscribe()
                    .with(
                            id -> LOG.debugf("first paint of %s is job %d", source.path(), id),
                            failure -> LOG.warnf(
                                    "first paint of %s is not queued: %s", source.path(), failure.getMessage()));
        }
    }

    private static List<String> checked(String collection, List<String> recipes) {
        String key = "sluice.image.first-paint." + collection + ".recipes";
        if (!Names.isCollection(collection) || recipes.size() > MOST) {
            throw new IllegalArgumentException(key + " must be of a collection and name " + MOST + " at the most");
        }
        for (String recipe : recipes) {
            try {
                address(collection, "0".repeat(64), "e1", recipe);
            } catch (MalformedAddress e) {
                throw new IllegalArgumentException(key + ": " + recipe + ": " + e.getMessage(), e);
            }
        }
        return List.copyOf(recipes);
    }

    private static VariantAddress address(String collection, String oid, String profile, String recipe) {
        return VariantAddress.parse("/v/" + collection + '/' + oid + '/' + profile + '-' + recipe);
    }
}
