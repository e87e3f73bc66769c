package io.sluice.gateway.negotiation;

import io.sluice.contracts.image.Area;
import io.sluice.contracts.image.Fit;
import io.sluice.contracts.image.ImageFormat;
import io.sluice.contracts.image.Padding;
import io.sluice.contracts.image.SizeLadder;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is done to a picture beside box and quality, and what that means for both.
 *
 * @param letters of the recipe and their values
 */
record Operations(SortedMap<Character, String> letters) {

    /** Of those that were asked for, the ones that the format knows. */
    static Operations of(SortedMap<Character, String> asked, @Nullable ImageFormat format) {
        boolean oneFrame = asked.containsKey('n') && (format == null || !format.animates());
        boolean oneQuality = asked.containsKey('l') && (format == null || !format.lossy());
        if (!oneFrame && !oneQuality) {
            return new Operations(asked);
        }
        SortedMap<Character, String> still = new TreeMap<>(asked);
        if (oneFrame) {
            still.remove('n');
        }
        if (oneQuality) {
            still.remove('l');
        }
        return new Operations(still);
    }

    /** Width of the source as it meets the box: cut out and turned. */
    int width(int sourceWidth, int sourceHeight) {
        return turned() ? keptHeight(sourceHeight) : keptWidth(sourceWidth);
    }

    /** Height of the source as it meets the box: cut out and turned. */
    int height(int sourceWidth, int sourceHeight) {
        return turned() ? keptWidth(sourceWidth) : keptHeight(sourceHeight);
    }

    /**
     * The fit, which is cover where a gravity is asked for and nothing else is.
     *
     * @param asked by the request; null when it says nothing
     * @throws MalformedQuery when letters and box do not go together
     */
    Fit fit(@Nullable Fit asked, Fit otherwise, SizeChoice size) {
        if (letters.isEmpty()) {
            return otherwise;
        }
        padding(size);
        if (!letters.containsKey('g')) {
            return otherwise;
        }
        Fit fit = asked == null ? Fit.COVER : asked;
        if (fit != Fit.COVER || size.width() == 0 || size.height() == 0) {
            throw new MalformedQuery("gravity", "needs w, h and fit=cover");
        }
        return fit;
    }

    private void padding(SizeChoice size) {
        String pixels = letters.get('p');
        if (pixels == null) {
            return;
        }
        Padding padding = Padding.parse(pixels);
        if (size.width() + padding.left() + padding.right() > SizeLadder.MAX
                || size.height() + padding.top() + padding.bottom() > SizeLadder.MAX) {
            throw new MalformedQuery("pad", "and box must not exceed " + SizeLadder.MAX + " pixels together");
        }
    }

    private boolean turned() {
        String degrees = letters.get('d');
        return "90".equals(degrees) || "270".equals(degrees);
    }

    private int keptWidth(int source) {
        String area = letters.get('a');
        return area == null
                ? source
                : kept(source, Area.parse(area).left(), Area.parse(area).width());
    }

    private int keptHeight(int source) {
        String area = letters.get('a');
        return area == null
                ? source
                : kept(source, Area.parse(area).top(), Area.parse(area).height());
    }

    private static int kept(int source, int from, int length) {
        if (from >= source) {
            throw new MalformedQuery("crop", "begins outside of the picture");
        }
        return Math.min(length, source - from);
    }
}
