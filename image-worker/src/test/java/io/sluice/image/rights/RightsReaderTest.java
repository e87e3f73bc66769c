package io.sluice.image.rights;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.image.scan.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class RightsReaderTest {
    @Test
    void takes_exif_before_xmp_before_iptc_and_joins_photographer_and_editor() {
        byte[] tiff = ExifRights.write(new Rights("by exif", "", "", "", ""));
        Rights exif = ExifRights.read(ByteBuffer.wrap(tiff));
        Rights xmp = XmpRights.read(XmpRights.write(new Rights("by xmp", "Ada", "", "", "")));
        assertThat(exif.or(xmp)).isEqualTo(new Rights("by exif", "Ada", "", "", ""));
        byte[] two = RightsPhoto.tiff(0x8298, "Photographer\0Editor\0");
        assertThat(ExifRights.read(ByteBuffer.wrap(two)).copyright()).isEqualTo("Photographer; Editor");
        assertThat(IptcRights.read(ByteBuffer.wrap(RightsPhoto.iptc())).credit())
                .isEqualTo("Wires Agency");
    }

    @Test
    void reads_several_creators_attributes_and_the_first_of_several_languages() {
        String rdf = "<x:xmpmeta xmlns:x='adobe:ns:meta/' xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'"
                + " xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:p='http://ns.adobe.com/photoshop/1.0/'>"
                + "<rdf:RDF><rdf:Description p:Credit='Agency'>"
                + "<dc:creator><rdf:Seq><rdf:li>Ada</rdf:li><rdf:li>Bob</rdf:li></rdf:Seq></dc:creator>"
                + "<dc:rights><rdf:Alt><rdf:li>one</rdf:li><rdf:li>eins</rdf:li></rdf:Alt></dc:rights>"
                + "<dc:title>SECRET</dc:title></rdf:Description></rdf:RDF></x:xmpmeta>";

        assertThat(XmpRights.read(rdf.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(new Rights("one", "Ada, Bob", "Agency", "", ""));
    }

    @Test
    void survives_hostile_metadata_within_bounds() {
        String bomb = "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;'>]><x>&b;</x>";
        assertThat(XmpRights.read(bomb.getBytes(StandardCharsets.UTF_8))).isEqualTo(Rights.NONE);
        String file = "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><rights"
                + " xmlns='http://purl.org/dc/elements/1.1/'>&e;</rights>";
        assertThat(XmpRights.read(file.getBytes(StandardCharsets.UTF_8)).copyright())
                .doesNotContain("root");
        StringBuilder deep = new StringBuilder();
        for (int i = 0; deep.length() < XmpRights.LONGEST; i++) {
            deep.append("<a xmlns:n").append(i).append("='u'>");
        }
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(5), () -> XmpRights.read(deep.toString().getBytes(StandardCharsets.UTF_8)));
        assertThat(new Rights("x".repeat(100_000), "\0\u0001\ud800 \uffff", "", "", "").copyright())
                .hasSize(Rights.LONGEST);
        assertThat(ExifRights.read(ByteBuffer.wrap(new Bytes()
                        .text("MM\0*")
                        .u32(8)
                        .u16(1)
                        .u16(0x8298)
                        .u16(2)
                        .u32(0xffffffffL)
                        .u32(0xffffffffL)
                        .array())))
                .isEqualTo(Rights.NONE);
    }
}
