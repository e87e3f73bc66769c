package io.sluice.gateway.negotiation;

import io.sluice.contracts.directive.LevelCaps;
import io.sluice.contracts.image.Fit;
import io.sluice.contracts.image.ImageFormat;
import io.sluice.contracts.image.Recipe;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a request gets, before it has an address.
 *
 * @param format null when the client refuses every format that could be served; the rest then means nothing
 * @param fit how the picture meets the box
 * @param chosenFormat why this format
 * @param size why this size
 * @param quality why this quality
 * @param operations letters of the recipe beside box and quality
 */
public record Rendition(
        @Nullable ImageFormat format,
        Fit fit,
        FormatChoice chosenFormat,
        SizeChoice size,
        QualityChoice quality,
        SortedMap<Character, String> operations) {

    /** Chooses format, size and quality, in this order. */
    public static Rendition of(
            ImageQuery query,
            Preset preset,
            Accept accept,
            Hints hints,
            int sourceWidth,
            int sourceHeight,
            boolean alpha,
            LevelCaps caps) {
        Fit asked = query.fit();
        Fit fit = asked == null ? preset.fit() : asked;
        FormatChoice format = FormatChoice.of(query.format(), accept, alpha, caps);
        ImageFormat chosen = format.format();
        Operations operations = Operations.of(preset.operations(), chosen);
        SizeChoice size = SizeChoice.of(
                query,
                preset,
                hints,
                operations.width(sourceWidth, sourceHeight),
                operations.height(sourceWidth, sourceHeight),
                caps);
        return new Rendition(
                chosen,
                operations.fit(asked == null ? null : fit, fit, size),
                format,
                size,
                QualityChoice.of(
                        chosen == null ? ImageFormat.PNG : chosen, query.quality(), preset, hints.saveData(), caps),
                operations.letters());
    }

    /** Everything that decides the address besides source, encoder profile and operations, in one number; never stored. */
    @SuppressWarnings("EnumOrdinal")
    public long key() {
        return ((long) size.width() << 40 | (long) size.height() << 24 | (long) quality.quality() << 8)
                | (long) fit.ordinal() << 4
                | (format == null ? 15 : format.ordinal());
    }

    /** As it stands in an address. */
    public Recipe recipe(String profile) {
        Recipe plain = Recipe.of(profile, size.width(), size.height(), fit, quality.quality());
        if (operations.isEmpty()) {
            return plain;
        }
        SortedMap<Character, String> all = new TreeMap<>(plain.parameters());
        all.putAll(operations);
        return new Recipe(profile, all);
    }
}
