package io.sluice.image.variant;

import io.sluice.image.vips.VipsImage;
import io.sluice.image.vips.VipsSession;

/** What a source's header and a few of its pixels tell. It runs in child processes, too, where there are no beans. */
final class FirstLook {
    private FirstLook() {}

    static Look at(SourcePicture source) {
        VipsSession session = source.session();
        VipsImage header = source.header();
        VipsImage small = source.shrunk()
                .set("width", Look.SIDE)
                .set("height", Look.SIDE)
                .set("size", "down")
                .image();
        VipsImage coloured = session.operation("colourspace")
                .set("in", small)
                .set("space", "srgb")
                .image();
        VipsImage rgba = coloured.alpha()
                ? coloured
                : session.operation("bandjoin_const")
                        .set("in", coloured)
                        .set("c", "255")
                        .image();
        byte[] pixels = session.pixels(
                session.operation("cast").set("in", rgba).set("format", "uchar").image());
        return new Look(
                header.pages(),
                header.colourSpace(),
                source.facts().colourManaged(),
                Math.max(1, header.orientation()),
                new Thumbnail(rgba.width(), rgba.height(), pixels));
    }
}
