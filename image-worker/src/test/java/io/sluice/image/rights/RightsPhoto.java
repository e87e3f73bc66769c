package io.sluice.image.rights;

import io.sluice.image.Service;
import io.sluice.image.scan.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Metadata as cameras and agencies write it; what says SECRET must never get out. */
final class RightsPhoto {
    private RightsPhoto() {}

    /** A photograph with everything that a camera and an agency put into it. */
    static byte[] source() {
        byte[] photo = Service.photo("wine.jpg");
        byte[] exif = new Bytes()
                .text("Exif\0\0MM\0*")
                .u32(8)
                .u16(4)
                .raw(entry(0x010e, 2, 12, 62)) // ImageDescription
                .raw(entry(0x013b, 2, 13, 74))
                .raw(entry(0x8298, 2, 19, 87))
                .raw(entry(0x8825, 4, 1, 106)) // GPS
                .u32(0)
                .text("SECRET title")
                .text("Ada Lovelace\0")
                .raw("© 2026 Ada & <Co>\0".getBytes(StandardCharsets.UTF_8))
                .u16(1)
                .raw(entry(0x001d, 2, 11, 124))
                .u32(0)
                .text("SECRET:date")
                .array();
        String xmp =
                "<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>"
                        + "<rdf:Description xmlns:r='http://ns.adobe.com/xap/1.0/rights/' xmlns:e='http://ns.adobe.com/exif/1.0/'"
                        + " e:GPSLatitude='SECRET' r:WebStatement='https://example.com/terms'><r:UsageTerms><rdf:Alt>"
                        + "<rdf:li xml:lang='x-default'>No use without licence</rdf:li></rdf:Alt></r:UsageTerms>"
                        + "</rdf:Description></rdf:RDF></x:xmpmeta>";
        return new Bytes()
                .raw(Arrays.copyOf(photo, 2))
                .raw(segment(0xe1, exif))
                .raw(segment(
                        0xe1,
                        new Bytes().text("http://ns.adobe.com/xap/1.0/\0" + xmp).array()))
                .raw(segment(
                        0xed, new Bytes().text(IptcRights.HEADER).raw(iptc()).array()))
                .raw(Arrays.copyOfRange(photo, 2, photo.length))
                .array();
    }

    static byte[] iptc() {
        byte[] records = new Bytes()
                .hex("1c0269 0009") // headline
                .text("SECRET 10")
                .hex("1c026e 000c")
                .text("Wires Agency")
                .array();
        return new Bytes()
                .text("8BIM")
                .u16(0x0404)
                .u16(0)
                .u32(records.length)
                .raw(records)
                .array();
    }

    static byte[] tiff(int tag, String text) {
        return new Bytes()
                .text("MM\0*")
                .u32(8)
                .u16(1)
                .raw(entry(tag, 2, text.length(), 26))
                .u32(0)
                .text(text)
                .array();
    }

    private static byte[] entry(int tag, int type, int count, int at) {
        return new Bytes().u16(tag).u16(type).u32(count).u32(at).array();
    }

    private static byte[] segment(int marker, byte[] content) {
        return new Bytes()
                .u8(0xff)
                .u8(marker)
                .u16(content.length + 2)
                .raw(content)
                .array();
    }
}
