package io.sluice.image.rights;

import io.sluice.image.scan.SourceFormat;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Finds what a source says of its rights: EXIF before XMP before IPTC, and a PNG's own words last. A source that has passed the
 * scanner may still say nonsense here; what cannot be read is left out.
 */
final class RightsReader {
    private static final String EXIF = "Exif\0\0";
    private static final String XAP = "http://ns.adobe.com/xap/1.0/\0";
    private static final String PNG_XMP = "XML:com.adobe.xmp\0\0\0\0\0";

    private Rights exif = Rights.NONE;
    private Rights xmp = Rights.NONE;
    private Rights others = Rights.NONE;

    private RightsReader() {}

    static Rights read(ByteBuffer source, SourceFormat format) {
        RightsReader reader = new RightsReader();
        ByteBuffer image = source.slice().order(ByteOrder.BIG_ENDIAN);
        try {
            switch (format) {
                case JPEG -> reader.jpeg(image);
                case PNG -> reader.png(image);
                case WEBP -> reader.webp(image.order(ByteOrder.LITTLE_ENDIAN));
                case AVIF -> reader.avif(image);
                case GIF -> {} // where few write any
            }
        } catch (RuntimeException e) {
            // It ends there or points outside of itself; what came before stands.
            return reader.all();
        }
        return reader.all();
    }

    private Rights all() {
        return exif.or(xmp).or(others);
    }

    private void jpeg(ByteBuffer image) {
        int at = 2;
        while (true) {
            while ((image.get(at + 1) & 0xff) == 0xff) {
                at++;
            }
            int marker = image.get(at + 1) & 0xff;
            if (marker == 0xda || marker == 0xd9) {
                return;
            }
            int from = at + 4;
            int length = (image.getShort(at + 2) & 0xffff) - 2;
            if (marker == 0xe1) {
                if (Texts.at(image, from, XAP)) {
                    xmp(image.slice(from + XAP.length(), length - XAP.length()));
                } else {
                    exif(image.slice(from, length));
                }
            } else if (marker == 0xed && Texts.at(image, from, IptcRights.HEADER)) {
                int header = IptcRights.HEADER.length();
                attempt(() -> others = others.or(IptcRights.read(image.slice(from + header, length - header))));
            }
            at = from + length;
        }
    }

    private void png(ByteBuffer image) {
        int at = 8;
        while (at + 12 <= image.limit()) {
            int length = image.getInt(at);
            int from = at + 8;
            if (Texts.at(image, at + 4, "eXIf")) {
                exif(image.slice(from, length));
            } else if (Texts.at(image, at + 4, "iTXt") && Texts.at(image, from, PNG_XMP)) {
                xmp(image.slice(from + PNG_XMP.length(), length - PNG_XMP.length()));
            } else if (Texts.at(image, at + 4, "tEXt") && Texts.at(image, from, "Copyright\0")) {
                others = others.or(new Rights(Texts.of(image, from + 10, length - 10), "", "", "", ""));
            } else if (Texts.at(image, at + 4, "tEXt") && Texts.at(image, from, "Author\0")) {
                others = others.or(new Rights("", Texts.of(image, from + 7, length - 7), "", "", ""));
            }
            at = next(from, length, 4);
        }
    }

    private void webp(ByteBuffer image) {
        int at = 12;
        while (at + 8 <= image.limit()) {
            int length = image.getInt(at + 4);
            if (Texts.at(image, at, "EXIF")) {
                exif(image.slice(at + 8, length));
            } else if (Texts.at(image, at, "XMP ")) {
                xmp(image.slice(at + 8, length));
            }
            at = next(at + 8, length, length & 1);
        }
    }

    private void avif(ByteBuffer image) {
        AvifItems items = new AvifItems(image);
        for (AvifItems.Item item : items.items()) {
            if (item.type().equals("Exif")) {
                items.bytes(item).ifPresent(bytes -> {
                    int start = 4 + bytes.getInt(0);
                    exif(bytes.slice(start, bytes.limit() - start));
                });
            } else if (item.type().equals("mime") && item.content().equals("application/rdf+xml")) {
                items.bytes(item).ifPresent(this::xmp);
            }
        }
    }

    /** Where the next chunk begins; always further on. */
    private static int next(int from, int length, int more) {
        if (length < 0) {
            throw new IllegalArgumentException("a chunk of " + length + " bytes");
        }
        return Math.addExact(Math.addExact(from, length), more);
    }

    private void exif(ByteBuffer block) {
        int start = Texts.at(block, 0, EXIF) ? EXIF.length() : 0;
        attempt(() -> exif = exif.or(ExifRights.read(block.slice(start, block.limit() - start))));
    }

    private void xmp(ByteBuffer block) {
        byte[] packet = new byte[Math.min(block.remaining(), XmpRights.LONGEST)];
        block.get(block.position(), packet);
        xmp = xmp.or(XmpRights.read(packet));
    }

    private static void attempt(Runnable reading) {
        try {
            reading.run();
        } catch (RuntimeException e) {
            // One block points outside of itself; others may be sound.
            return;
        }
    }
}
