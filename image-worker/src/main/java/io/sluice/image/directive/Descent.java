package io.sluice.image.directive;

import io.sluice.contracts.directive.LevelCaps;
import io.sluice.contracts.image.ImageFormat;
import io.sluice.contracts.image.Recipe;
import io.sluice.contracts.image.SizeLadder;
import io.sluice.contracts.image.VariantAddress;
import io.sluice.image.variant.Quality;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Where an address leads that may not be served as it stands: strictly down in (format rank, quality, size), so following it
 * ends. Pure.
 */
public final class Descent {
    private Descent() {}

    /** The nearest address within {@code caps}; empty when {@code asked} is within them. Source pixels have no caps. */
    public static Optional<VariantAddress> within(LevelCaps caps, VariantAddress asked) {
        if (asked.recipe().isEmpty() || caps.equals(LevelCaps.NONE)) {
            return Optional.empty();
        }
        ImageFormat format = asked.format();
        Recipe recipe = asked.recipe().get();
        while (!caps.allows(format)) {
            recipe = belowFormat(format, recipe);
            format = format == ImageFormat.AVIF ? ImageFormat.WEBP : ImageFormat.JPEG;
        }
        if (recipe.likeness().isPresent() && caps.quality().containsKey(format.token())) {
            // What would be found may be above the cap.
            recipe = fixed(format, recipe);
        }
        if (recipe.quality().isPresent()) {
            int quality = caps.quality(format, recipe.quality().getAsInt());
            recipe = recipe.with('q', Integer.toString(quality));
        }
        VariantAddress lowered = VariantAddress.of(asked.collection(), asked.oid(), boxed(caps, recipe), format);
        return lowered.equals(asked) ? Optional.empty() : Optional.of(lowered);
    }

    /**
     * The address that stands in for one whose quality has yet to be found: a fixed quality that is mostly like it, and as many
     * bytes as that takes.
     */
    public static VariantAddress fixed(LevelCaps caps, VariantAddress sought) {
        VariantAddress fixed = VariantAddress.of(
                sought.collection(),
                sought.oid(),
                fixed(sought.format(), sought.recipe().orElseThrow()),
                sought.format());
        return sought.format() == ImageFormat.AVIF
                ? deferred(caps, fixed)
                : within(caps, fixed).orElse(fixed);
    }

    private static Recipe fixed(ImageFormat format, Recipe recipe) {
        Recipe unbounded = recipe.without('l');
        return recipe.likeness().isEmpty()
                ? unbounded
                : unbounded.with(
                        'q',
                        Integer.toString(Quality.alike(format, recipe.likeness().getAsInt())));
    }

    /** The WebP address that stands in for an AVIF one until that is made: the same picture, alike to the eye. */
    public static VariantAddress deferred(LevelCaps caps, VariantAddress avif) {
        Recipe recipe = avif.recipe().orElseThrow();
        VariantAddress webp = VariantAddress.of(
                avif.collection(), avif.oid(), belowFormat(ImageFormat.AVIF, recipe), ImageFormat.WEBP);
        return within(caps, webp).orElse(webp);
    }

    /** Of the stored variants the nearest one strictly below {@code asked} that shows the same cut; empty without one. */
    public static Optional<VariantAddress> nearest(VariantAddress asked, List<VariantAddress> stored) {
        return stored.stream()
                .filter(candidate -> below(candidate, asked))
                .max(Comparator.comparing(VariantAddress::format)
                        .reversed()
                        .thenComparingInt(Descent::size)
                        .thenComparingInt(Descent::quality));
    }

    private static boolean below(VariantAddress candidate, VariantAddress asked) {
        if (candidate.recipe().isEmpty() || asked.recipe().isEmpty() || candidate.equals(asked)) {
            return false;
        }
        Recipe have = candidate.recipe().get();
        Recipe want = asked.recipe().get();
        return have.details().equals(want.details())
                && have.width().isPresent() == want.width().isPresent()
                && have.height().isPresent() == want.height().isPresent()
                && sameShape(have, want)
                && candidate.format().compareTo(asked.format()) >= 0
                && size(candidate) <= size(asked)
                && (candidate.format() != asked.format() || quality(candidate) <= quality(asked));
    }

    /** Whether two boxes bounded on both sides have one shape; one side alone leaves the picture its own. */
    private static boolean sameShape(Recipe have, Recipe want) {
        return have.width().isEmpty()
                || have.height().isEmpty()
                || (long) have.width().getAsInt() * want.height().orElse(0)
                        == (long) want.width().orElse(0) * have.height().getAsInt();
    }

    /** Quality that looks alike in the next format, which may know one frame only. */
    private static Recipe belowFormat(ImageFormat format, Recipe recipe) {
        if (format != ImageFormat.AVIF) {
            return recipe.without('n');
        }
        return recipe.quality().isPresent()
                ? recipe.with(
                        'q', Integer.toString(Quality.webpLike(recipe.quality().getAsInt())))
                : recipe;
    }

    private static Recipe boxed(LevelCaps caps, Recipe recipe) {
        int width = recipe.width().orElse(0);
        int height = recipe.height().orElse(0);
        int longest = Math.max(width, height);
        int allowed = caps.dimension(longest);
        if (allowed >= longest) {
            return recipe;
        }
        Recipe lowered = recipe;
        if (width > 0) {
            lowered = lowered.with('w', Integer.toString(step(width, allowed, longest)));
        }
        if (height > 0) {
            lowered = lowered.with('h', Integer.toString(step(height, allowed, longest)));
        }
        return lowered;
    }

    private static int step(int side, int allowed, int longest) {
        return SizeLadder.snapDown((int) Math.max(16, (long) side * allowed / longest));
    }

    private static int size(VariantAddress address) {
        return address.recipe()
                .map(recipe ->
                        Math.max(recipe.width().orElse(0), recipe.height().orElse(0)))
                .orElse(0);
    }

    private static int quality(VariantAddress address) {
        return address.recipe().map(recipe -> recipe.quality().orElse(100)).orElse(100);
    }
}
