package io.sluice.image.rights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.sluice.contracts.image.ImageFormat;
import io.sluice.contracts.image.Recipe;
import io.sluice.contracts.image.VariantAddress;
import io.sluice.image.Service;
import io.sluice.image.scan.Bytes;
import io.sluice.image.scan.ImageFacts;
import io.sluice.image.scan.Mutator;
import io.sluice.image.scan.SourceFormat;
import io.sluice.image.variant.EncodeTask;
import io.sluice.image.variant.Encoded;
import io.sluice.image.variant.Libraries;
import io.sluice.image.variant.LocalEncodes;
import io.sluice.image.vips.Vips;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class KeptRightsTest {
    private static final Rights EXPECTED = new Rights(
            "© 2026 Ada & <Co>", "Ada Lovelace", "Wires Agency", "No use without licence", "https://example.com/terms");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    static List<Vips> libraries() {
        return Libraries.all().toList();
    }

    @ParameterizedTest
    @MethodSource("libraries")
    void keeps_the_rights_and_nothing_else_in_every_format_and_from_every_format(Vips vips) throws IOException {
        for (ImageFormat format : ImageFormat.values()) {
            if (format == ImageFormat.AVIF && vips != libraries().getFirst()) {
                continue; // the system's library may come without an encoder
            }
            byte[] made = made(vips, source(), "kcr-", format);

            assertThat(Service.facts(made).width()).as(format.token()).isEqualTo(64);
            if (format == ImageFormat.GIF) {
                assertThat(new String(made, StandardCharsets.ISO_8859_1)).contains("XMP DataXMP", "Wires Agency");
            } else {
                SourceFormat kind = SourceFormat.valueOf(format.name());
                assertThat(RightsReader.read(ByteBuffer.wrap(made), kind))
                        .as(format.token())
                        .isEqualTo(EXPECTED);
                byte[] again = made(vips, made, "kcr-", ImageFormat.WEBP);
                assertThat(RightsReader.read(ByteBuffer.wrap(again), SourceFormat.WEBP))
                        .as("a source in " + format)
                        .isEqualTo(EXPECTED);
            }
            assertThat(new String(made, StandardCharsets.ISO_8859_1))
                    .as(format.token())
                    .doesNotContain("SECRET");
        }
    }

    @ParameterizedTest
    @EnumSource(ImageFormat.class)
    void shows_the_very_picture_that_is_made_without_them(ImageFormat format) throws IOException {
        Vips vips = libraries().getFirst();
        byte[] without = made(vips, source(), "", format);
        byte[] with = made(vips, source(), "kcr-", format);

        assertThat(with.length).isGreaterThan(without.length);
        assertThat(made(vips, with, "", ImageFormat.PNG)).isEqualTo(made(vips, without, "", ImageFormat.PNG));
    }

    @Test
    void keeps_transparency_in_a_webp_that_had_no_room_for_metadata() throws IOException {
        Vips vips = libraries().getFirst();
        byte[] clear = made(vips, source(), "d90-p8-", ImageFormat.PNG);
        byte[] stamped = bytes(KeptRights.of(ByteBuffer.wrap(source()), SourceFormat.JPEG)
                .in(ByteBuffer.wrap(clear), ImageFormat.PNG));

        byte[] webp = made(vips, stamped, "kcr-", ImageFormat.WEBP);

        assertThat(Service.facts(webp).alpha()).isTrue();
        assertThat(RightsReader.read(ByteBuffer.wrap(webp), SourceFormat.WEBP)).isEqualTo(EXPECTED);
    }

    @Test
    void adds_nothing_where_there_are_none() throws IOException {
        Vips vips = libraries().getFirst();
        byte[] plain = made(vips, source(), "", ImageFormat.JPEG);

        assertThat(made(vips, plain, "kcr-", ImageFormat.WEBP)).isEqualTo(made(vips, plain, "", ImageFormat.WEBP));
    }

    @Test
    void takes_exif_before_xmp_before_iptc_and_joins_photographer_and_editor() {
        byte[] tiff = ExifRights.write(new Rights("by exif", "", "", "", ""));
        Rights exif = ExifRights.read(ByteBuffer.wrap(tiff));
        Rights xmp = XmpRights.read(XmpRights.write(new Rights("by xmp", "Ada", "", "", "")));
        assertThat(exif.or(xmp)).isEqualTo(new Rights("by exif", "Ada", "", "", ""));
        byte[] two = tiff(0x8298, "Photographer\0Editor\0");
        assertThat(ExifRights.read(ByteBuffer.wrap(two)).copyright()).isEqualTo("Photographer; Editor");
        assertThat(IptcRights.read(ByteBuffer.wrap(iptc())).credit()).isEqualTo("Wires Agency");
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

    @Test
    void never_fails_on_a_mutated_source() throws IOException {
        Vips vips = libraries().getFirst();
        byte[] plain = made(vips, source(), "", ImageFormat.WEBP);
        for (ImageFormat format : List.of(ImageFormat.JPEG, ImageFormat.PNG, ImageFormat.WEBP, ImageFormat.AVIF)) {
            Mutator mutator = new Mutator(new SplittableRandom(7), List.of(made(vips, source(), "kcr-", format)));
            for (int i = 0; i < 1_000; i++) {
                byte[] mutant = mutator.next();
                assertThatCode(() -> KeptRights.of(ByteBuffer.wrap(mutant), SourceFormat.valueOf(format.name()))
                                .in(ByteBuffer.wrap(plain), ImageFormat.WEBP))
                        .doesNotThrowAnyException();
            }
        }
    }

    private byte[] made(Vips vips, byte[] image, String letters, ImageFormat format) throws IOException {
        Path original = Files.write(folder.resolve("original"), image);
        ImageFacts facts = Service.facts(image);
        List<String> parameters = new ArrayList<>(List.of("w64", "xinside"));
        if (format.lossy()) {
            parameters.add("q60");
        }
        parameters.addAll(Arrays.stream(letters.split("-"))
                .filter(letter -> !letter.isEmpty())
                .toList());
        Recipe recipe = Recipe.parse(
                "e1-" + String.join("-", parameters.stream().sorted().toList()));
        VariantAddress address = VariantAddress.of("a", "0".repeat(64), recipe, format);
        return new LocalEncodes()
                .encode(
                        vips,
                        new EncodeTask(address, original, facts, 0, Optional.empty()),
                        encoded -> bytes(((Encoded.InMemory) encoded).bytes()));
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    /** A photograph with everything that a camera and an agency put into it. */
    private static byte[] source() {
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

    private static byte[] iptc() {
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

    private static byte[] tiff(int tag, String text) {
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
