package io.sluice.image.definition;

import io.sluice.image.vips.Vips;
import io.sluice.image.vips.VipsFailure;
import io.sluice.image.vips.VipsImage;
import io.sluice.image.vips.VipsSession;
import java.lang.foreign.ValueLayout;
import java.util.List;

/**
 * A line of text as a PNG, see-through where no letter is. It is drawn once, when a watermark is defined: variants are made of
 * the PNG, so they look alike on machines with other fonts, or none.
 */
final class TextPicture {
    /** Tall enough for the largest pictures; shrinking keeps the edges clean. */
    private static final int PIXELS = 160;

    private TextPicture() {}

    /**
     * Draws on the calling thread, which must be a platform thread.
     *
     * @param font family and style
     * @param rgb three numbers of 0-255
     * @throws NoFont when there is nothing to draw with
     */
    static byte[] of(Vips vips, String text, String font, String rgb) {
        try (VipsSession session = vips.session()) {
            VipsImage letters = session.operation("text")
                    .set("text", escaped(text))
                    .set("font", font + ' ' + PIXELS)
                    .set("dpi", 72)
                    .image();
            if (blank(session.pixels(letters))) {
                throw new NoFont("no letter of the text has a shape in the font " + font);
            }
            VipsImage black = session.operation("black")
                    .set("width", letters.width())
                    .set("height", letters.height())
                    .set("bands", 3)
                    .image();
            VipsImage coloured = session.operation("linear")
                    .set("in", black)
                    .set("a", "1")
                    .set("b", rgb)
                    .set("uchar", true)
                    .image();
            VipsImage joined = session.operation("bandjoin")
                    .set("in", List.of(coloured, letters))
                    .image();
            VipsImage srgb = session.operation("copy")
                    .set("in", joined)
                    .set("interpretation", "srgb")
                    .image();
            return session.operation("pngsave_buffer").set("in", srgb).bytes().toArray(ValueLayout.JAVA_BYTE);
        } catch (VipsFailure e) {
            throw new NoFont(String.valueOf(e.getMessage()));
        }
    }

    private static boolean blank(byte[] pixels) {
        for (byte pixel : pixels) {
            if (pixel != 0) {
                return false;
            }
        }
        return true;
    }

    /** Pango reads markup. */
    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
