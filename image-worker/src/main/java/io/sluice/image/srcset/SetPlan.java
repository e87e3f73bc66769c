package io.sluice.image.srcset;

import io.sluice.contracts.directive.LevelCaps;
import io.sluice.contracts.image.ImageFormat;
import io.sluice.contracts.image.Recipe;
import io.sluice.contracts.image.SizeLadder;
import io.sluice.contracts.image.VariantAddress;
import io.sluice.image.directive.Descent;
import io.sluice.image.upload.StoredImage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/** Which addresses a set consists of. Pure. */
final class SetPlan {
    private SetPlan() {}

    /**
     * The addresses, format by format as asked, in each the widest first.
     *
     * @param profile encoder profile in force
     * @param caps of the directive in force; what it does not allow is lowered, and may then fall together
     */
    static List<VariantAddress> of(StoredImage image, SetRequest request, String profile, LevelCaps caps) {
        return of(image, request, SetShape.of(request), profile, caps);
    }

    /** @param shape of a preset, instead of the request's own */
    static List<VariantAddress> of(
            StoredImage image, SetRequest request, SetShape shape, String profile, LevelCaps caps) {
        List<VariantAddress> set = new ArrayList<>();
        for (ImageFormat format : request.formatList(image.alpha())) {
            for (int width : widths(request.widthList(), shape.sourceWidth(image))) {
                Recipe recipe = shape.recipe(profile, width, format, request.qualityOf(format, shape.quality()));
                VariantAddress asked = VariantAddress.of(request.collectionOrDefault(), image.oid(), recipe, format);
                VariantAddress allowed = Descent.within(caps, asked).orElse(asked);
                if (!set.contains(allowed)) {
                    set.add(allowed);
                }
            }
        }
        return set;
    }

    /** Steps of the ladder, widest first; none above the source but the smallest step. */
    static List<Integer> widths(List<Integer> asked, int source) {
        TreeSet<Integer> widths = new TreeSet<>(Comparator.reverseOrder());
        int widest = SizeLadder.snapDown(source);
        asked.forEach(width -> widths.add(Math.min(widest, SizeLadder.snapUp(width))));
        return List.copyOf(widths);
    }
}
