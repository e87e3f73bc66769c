package io.sluice.image.srcset;

import io.sluice.contracts.image.Fit;
import io.sluice.contracts.image.Recipe;
import io.sluice.contracts.image.VariantAddress;
import io.sluice.image.definition.Definitions;
import io.sluice.image.delivery.Signing;
import io.sluice.image.delivery.TooManyVariants;
import io.sluice.image.directive.DirectiveInForce;
import io.sluice.image.files.VariantIndex;
import io.sluice.image.job.JobStore;
import io.sluice.image.job.NewJob;
import io.sluice.image.upload.ImageStore;
import io.sluice.image.upload.StoredImage;
import io.sluice.image.variant.EncoderProfile;
import io.sluice.image.variant.EncodingLimits;
import io.sluice.platform.problem.InvalidRequest;
import io.sluice.platform.problem.UnknownResource;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Plans a set and queues what is missing of it. Blocks; for virtual or worker threads. */
@ApplicationScoped
class VariantSets {
    private static final Duration DATABASE = Duration.ofSeconds(10);
    private static final int PRIORITY = 5;

    private final ImageStore images;
    private final VariantIndex index;
    private final JobStore jobs;
    private final VariantSetStore answers;
    private final DirectiveInForce directives;
    private final EncoderProfile profile;
    private final EncodingLimits limits;
    private final Signing signing;
    private final Definitions definitions;

    VariantSets(
            ImageStore images,
            VariantIndex index,
            JobStore jobs,
            VariantSetStore answers,
            DirectiveInForce directives,
            EncoderProfile profile,
            EncodingLimits limits,
            Signing signing,
            Definitions definitions) {
        this.images = images;
        this.index = index;
        this.jobs = jobs;
        this.answers = answers;
        this.directives = directives;
        this.profile = profile;
        this.limits = limits;
        this.signing = signing;
        this.definitions = definitions;
    }

    /** @param key Idempotency-Key: repeated within a day, it yields the same addresses and job; null: none */
    VariantSet make(String oid, SetRequest request, @Nullable String key) {
        StoredImage image =
                images.find(oid).await().atMost(DATABASE).orElseThrow(() -> new UnknownResource("image", oid));
        String hash = hash(oid, request);
        Optional<VariantSetStore.Answered> before =
                key == null ? Optional.empty() : answers.find(key).await().atMost(DATABASE);
        if (before.isPresent()) {
            if (!before.get().requestHash().equals(hash)) {
                throw new IdempotencyConflict();
            }
            return view(parsed(before.get().addresses()), before.get().job(), image, request);
        }
        List<VariantAddress> set = SetPlan.of(
                image, request, shape(request), profile.id(), directives.caps(request.collectionOrDefault(), oid));
        Optional<Long> job = enqueue(oid, set);
        if (key != null) {
            List<String> paths = set.stream().map(VariantAddress::path).toList();
            answers.remember(key, new VariantSetStore.Answered(hash, paths, job))
                    .await()
                    .atMost(DATABASE);
        }
        return view(set, job, image, request);
    }

    private Optional<Long> enqueue(String oid, List<VariantAddress> set) {
        List<VariantAddress> missing =
                set.stream().filter(address -> !stored(address)).toList();
        if (missing.isEmpty()) {
            return Optional.empty();
        }
        if (index.variantsOf(set.getFirst()).size() + missing.size() > limits.maxVariants()) {
            throw new TooManyVariants(limits.maxVariants());
        }
        List<String> paths = set.stream().map(VariantAddress::path).toList();
        return Optional.of(
                jobs.enqueue(new NewJob("srcset", oid, paths, PRIORITY)).await().atMost(DATABASE));
    }

    private VariantSet view(List<VariantAddress> set, Optional<Long> job, StoredImage image, SetRequest request) {
        boolean ready = set.stream().allMatch(this::stored);
        return new SetView(signing.signer().orElseThrow(NoSigningKey::new), this::stored)
                .of(set, ready ? null : job.orElse(null), shape(set.getFirst(), image), request.sizesOrDefault());
    }

    private SetShape shape(SetRequest request) {
        return request.presetName()
                .map(name -> definitions
                        .preset(name)
                        .map(SetShape::of)
                        .orElseThrow(() -> new InvalidRequest("preset", "is not defined; see GET /api/v1/presets")))
                .orElseGet(() -> SetShape.of(request));
    }

    /** Height of what is shown for a width of 1. */
    private static double shape(VariantAddress address, StoredImage image) {
        Recipe recipe = address.recipe().orElseThrow();
        return recipe.height().isPresent() && recipe.fit() != Fit.INSIDE
                ? (double) recipe.height().getAsInt() / recipe.width().orElseThrow()
                : (double) image.height() / image.width();
    }

    private boolean stored(VariantAddress address) {
        return index.find(address).isPresent();
    }

    private static List<VariantAddress> parsed(List<String> paths) {
        return paths.stream().map(VariantAddress::parse).toList();
    }

    private static String hash(String oid, SetRequest request) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest((oid + '\n' + request.canonical()).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every Java platform", e);
        }
    }
}
