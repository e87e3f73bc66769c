package io.sluice.image.srcset;

import io.sluice.contracts.image.Area;
import io.sluice.contracts.image.Fit;
import io.sluice.contracts.image.ImageFormat;
import io.sluice.contracts.image.NamedPreset;
import io.sluice.contracts.image.Recipe;
import io.sluice.contracts.image.SizeLadder;
import io.sluice.image.upload.StoredImage;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What all variants of a set have in common but their width. Pure.
 *
 * @param fit of each into its box
 * @param height of a box for a width of 1; 0: the picture's own shape
 * @param letters of the recipes beside fit, box and quality
 * @param quality by format token, where it is not the standard one
 */
record SetShape(Fit fit, double height, SortedMap<Character, String> letters, Map<String, Integer> quality) {

    static SetShape of(SetRequest request) {
        return new SetShape(request.fitOrDefault(), request.heightOfWidth(), new TreeMap<>(), Map.of());
    }

    static SetShape of(NamedPreset preset) {
        SortedMap<Character, String> letters = preset.details();
        letters.remove('x');
        double height = preset.width() > 0 && preset.height() > 0 ? (double) preset.height() / preset.width() : 0;
        return new SetShape(Fit.ofToken(preset.fit()).orElseThrow(), height, letters, preset.quality());
    }

    /** The recipe of a width. What the format does not know is left out. */
    Recipe recipe(String profile, int width, ImageFormat format, int quality) {
        SortedMap<Character, String> parameters = new TreeMap<>(letters);
        if (!format.animates()) {
            parameters.remove('n');
        }
        if (!format.lossy()) {
            parameters.remove('l');
        }
        if (height > 0) {
            parameters.put('h', Integer.toString(snapped(width)));
        }
        if (quality > 0) {
            parameters.put('q', Integer.toString(quality));
        }
        parameters.put('w', Integer.toString(width));
        parameters.put('x', fit.token());
        return new Recipe(profile, parameters);
    }

    /** Pixels of the source that its width is made of: what is cut out of it, turned. */
    int sourceWidth(StoredImage image) {
        String turn = letters.getOrDefault('d', "");
        boolean lies = turn.equals("90") || turn.equals("270");
        String area = letters.get('a');
        if (area == null) {
            return lies ? image.height() : image.width();
        }
        Area kept = Area.parse(area);
        return lies
                ? Math.max(1, Math.min(kept.height(), image.height() - kept.top()))
                : Math.max(1, Math.min(kept.width(), image.width() - kept.left()));
    }

    private int snapped(int width) {
        return SizeLadder.snapUp(Math.clamp(Math.round(width * height), 1, SizeLadder.MAX));
    }
}
