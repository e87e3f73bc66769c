package io.sluice.image.delivery;

import io.sluice.contracts.directive.LevelCaps;
import io.sluice.contracts.image.ImageFormat;
import io.sluice.contracts.image.VariantAddress;
import io.sluice.image.definition.PresetsOnly;
import io.sluice.image.directive.Descent;
import io.sluice.image.directive.DirectiveInForce;
import io.sluice.image.directive.Feature;
import io.sluice.image.files.BlobFiles;
import io.sluice.image.files.VariantIndex;
import io.sluice.image.job.DeferredEncodes;
import io.sluice.image.variant.EncoderProfile;
import io.sluice.image.variant.EncodingLimits;
import io.sluice.image.variant.VariantMaker;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Decides what a signed, well-formed address comes to, in this order: presets only, caps of the directive in force, what is stored, whether
 * there is a source, whether the profile is in force, how many variants there are, AVIF later, throttle, encode.
 */
@ApplicationScoped
class Deliveries {
    /** Priority of what a client waits for. */
    private static final int WAITED_FOR = 1;

    private final DirectiveInForce directives;
    private final VariantIndex index;
    private final BlobFiles files;
    private final VariantMaker maker;
    private final EncoderProfile profile;
    private final EncodingLimits limits;
    private final DeferredEncodes deferred;
    private final PresetsOnly presets;

    Deliveries(
            DirectiveInForce directives,
            VariantIndex index,
            BlobFiles files,
            VariantMaker maker,
            EncoderProfile profile,
            EncodingLimits limits,
            DeferredEncodes deferred,
            PresetsOnly presets) {
        this.directives = directives;
        this.index = index;
        this.files = files;
        this.maker = maker;
        this.profile = profile;
        this.limits = limits;
        this.deferred = deferred;
        this.presets = presets;
    }

    /** What can be said from memory alone; for the event loop. Empty: ask {@link #deliver}. */
    Optional<Delivery> atOnce(VariantAddress address) {
        presets.check(address);
        Optional<VariantAddress> lower = Descent.within(caps(address), address);
        if (lower.isPresent()) {
            return Optional.of(new Delivery.Elsewhere(lower.get(), "directive"));
        }
        return index.remembered(address).map(entry -> of(address, entry, "stored"));
    }

    /** The whole decision; blocks for the file system, for worker threads. The stage ends when an encode does. */
    CompletionStage<Delivery> deliver(VariantAddress address) {
        Optional<VariantIndex.Entry> stored = index.find(address);
        if (stored.isPresent()) {
            return done(of(address, stored.get(), "stored"));
        }
        if (files.size(BlobFiles.Kind.ORIGINAL, address.oid()).isEmpty()) {
            throw new UnknownImage(address.oid());
        }
        return address.recipe().isPresent() ? recipe(address) : make(address);
    }

    private CompletionStage<Delivery> recipe(VariantAddress address) {
        var recipe = address.recipe().orElseThrow();
        if (!recipe.profile().equals(profile.id())) {
            return done(new Delivery.Elsewhere(
                    VariantAddress.of(
                            address.collection(), address.oid(), recipe.withProfile(profile.id()), address.format()),
                    "profile"));
        }
        List<VariantAddress> variants = index.variantsOf(address);
        // A plain width is always made: whoever invents cuts must not lock those out that pages ask for.
        boolean width = recipe.plain() && recipe.height().isEmpty();
        if (variants.size() >= limits.maxVariants() && !width) {
            throw new TooManyVariants(limits.maxVariants());
        }
        if (recipe.sought()) {
            VariantAddress instead = Descent.fixed(caps(address), address);
            return later(address, instead, Feature.QUALITY_TARGET);
        }
        if (address.format() == ImageFormat.AVIF) {
            VariantAddress instead = Descent.deferred(caps(address), address);
            return later(address, instead, Feature.ENCODE_AVIF);
        }
        if (!maker.underWay(address) && !directives.mayBegin(address.collection(), WAITED_FOR)) {
            return done(Descent.nearest(address, variants)
                    .<Delivery>map(near -> new Delivery.Elsewhere(near, "throttle"))
                    .orElseThrow(() -> new Throttled(directives.retryAfterSeconds(address.collection()))));
        }
        return make(address);
    }

    /** To another address for now; the one asked for is made in the background unless that is switched off. */
    private CompletionStage<Delivery> later(VariantAddress address, VariantAddress instead, Feature feature) {
        boolean avif = address.format() == ImageFormat.AVIF;
        if (!directives.has(feature, address.collection())
                || (avif && !directives.has(Feature.ENCODE_AVIF, address.collection()))) {
            return done(new Delivery.Elsewhere(instead, "directive"));
        }
        deferred.enqueue(address);
        return done(new Delivery.Elsewhere(instead, "deferred"));
    }

    private CompletionStage<Delivery> make(VariantAddress address) {
        return maker.make(address).thenApply(entry -> of(address, entry, "origin"));
    }

    private LevelCaps caps(VariantAddress address) {
        return directives.caps(address.collection(), address.oid());
    }

    private static Delivery of(VariantAddress address, VariantIndex.Entry entry, String outcome) {
        return switch (entry) {
            case VariantIndex.Entry.Stored stored -> new Delivery.Bytes(address, stored, outcome);
            case VariantIndex.Entry.SameAsOriginal same ->
                new Delivery.Elsewhere(
                        VariantAddress.original(address.collection(), address.oid(), same.format()), "original");
        };
    }

    private static CompletionStage<Delivery> done(Delivery delivery) {
        return CompletableFuture.completedStage(delivery);
    }
}
