package io.sluice.image.hostile;

import static io.sluice.image.hostile.Answers.DAMAGED;
import static io.sluice.image.hostile.Answers.NOT_AN_IMAGE;
import static io.sluice.image.hostile.Answers.SHOWN;
import static io.sluice.image.hostile.Answers.SMALLER_AS_IT_IS;
import static io.sluice.image.hostile.Answers.TOO_COMPLEX;
import static io.sluice.image.hostile.Answers.TOO_LARGE;
import static io.sluice.image.hostile.Answers.UNDECODABLE;
import static io.sluice.image.hostile.HostileImages.chunk;
import static io.sluice.image.hostile.HostileImages.deflatedZeros;
import static io.sluice.image.hostile.HostileImages.png;
import static io.sluice.image.hostile.HostileImages.scratched;
import static io.sluice.image.hostile.HostileImages.text;
import static io.sluice.image.hostile.HostileImages.withSegments;
import static io.sluice.image.hostile.HostileInput.row;
import static io.sluice.image.hostile.HostileInput.upload;

import io.sluice.image.scan.Bytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Images cut off, scratched, or not what they seem. */
final class DamagedFiles {
    private final HostileImages images;

    DamagedFiles(HostileImages images) {
        this.images = images;
    }

    List<HostileInput> all() {
        List<HostileInput> all = new ArrayList<>();
        all.addAll(truncated());
        all.addAll(disguised());
        all.addAll(corrupt());
        return all;
    }

    private List<HostileInput> truncated() {
        return List.of(
                cut("JPEG", images.jpeg()),
                cut("progressive JPEG", images.photo("jpegsave_buffer", "interlace", "true")),
                cut("PNG", images.photo("pngsave_buffer")),
                cut("GIF", images.photo("gifsave_buffer")),
                cut("WebP", images.photo("webpsave_buffer")),
                cut("AVIF", images.avif()));
    }

    private static HostileInput cut(String format, byte[] image) {
        HostileInput.Attack attack = target -> {
            for (int percent = 1; percent < 100; percent++) {
                target.upload(Arrays.copyOf(image, image.length * percent / 100));
            }
        };
        return row("Cut off", format + ", at each of 99 hundredths", attack, DAMAGED, UNDECODABLE, NOT_AN_IMAGE);
    }

    private List<HostileInput> disguised() {
        String kind = "Disguised";
        byte[] script = text("<script>alert(1)</script>");
        return List.of(
                upload(
                        kind,
                        "JPEG with a script after its end",
                        new Bytes().raw(images.jpeg()).raw(script).array(),
                        SHOWN),
                upload(kind, "JPEG with a script as its comment", withSegments(images.jpeg(), 0xfe, 1, script), SHOWN),
                upload(
                        kind,
                        "GIF whose comment is a script",
                        new Bytes()
                                .raw(Bytes.gif(8, 8).array())
                                .hex("21fe")
                                .u8(script.length)
                                .raw(script)
                                .u8(0)
                                .gifFrame(8, 8)
                                .hex("3b")
                                .array(),
                        SHOWN,
                        UNDECODABLE),
                upload(
                        kind,
                        "PNG whose text is a script",
                        png(
                                16,
                                16,
                                deflatedZeros(48),
                                new Bytes()
                                        .raw(chunk(
                                                "tEXt",
                                                new Bytes()
                                                        .text("a\0")
                                                        .raw(script)
                                                        .array()))),
                        SHOWN,
                        SMALLER_AS_IT_IS),
                upload(kind, "HTML named .jpg", text("<!DOCTYPE html><html>" + "x".repeat(100)), NOT_AN_IMAGE),
                upload(
                        kind,
                        "SVG",
                        text("<svg xmlns='http://www.w3.org/2000/svg' width='1' height='1'/>"),
                        NOT_AN_IMAGE),
                upload(
                        kind,
                        "SVG with an external entity",
                        text(
                                "<?xml version='1.0'?><!DOCTYPE svg [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><svg>&x;</svg>"),
                        NOT_AN_IMAGE),
                upload(kind, "PDF", text("%PDF-1.7\n1 0 obj"), NOT_AN_IMAGE),
                upload(kind, "TIFF", new Bytes().text("II*\0").zeros(100).array(), NOT_AN_IMAGE),
                upload(kind, "ZIP", new Bytes().text("PK\3\4").zeros(100).array(), NOT_AN_IMAGE),
                upload(
                        kind,
                        "MP4",
                        new Bytes()
                                .box("ftyp", text("isom\0\0\2\0isomiso2"))
                                .box("mdat", new byte[64])
                                .array(),
                        NOT_AN_IMAGE),
                upload(
                        kind,
                        "HEIC",
                        new Bytes()
                                .box("ftyp", text("heic\0\0\0\0mif1heic"))
                                .box("mdat", new byte[64])
                                .array(),
                        NOT_AN_IMAGE),
                upload(
                        kind,
                        "ImageMagick script (MVG)",
                        text("push graphic-context\nimage over 0,0 0,0 'https://127.0.0.1/x'"),
                        NOT_AN_IMAGE),
                upload(kind, "nothing at all", new byte[0], NOT_AN_IMAGE),
                upload(
                        kind,
                        "only the first bytes of a JPEG",
                        new Bytes().hex("ffd8ff").array(),
                        DAMAGED));
    }

    private List<HostileInput> corrupt() {
        String[] toCmyk = {"input-profile", "srgb", "output-profile", "cmyk"};
        return List.of(
                scratch("JPEG", images.jpeg()),
                scratch("CMYK JPEG", images.photo("icc_transform", toCmyk, "jpegsave_buffer")),
                scratch("16-bit PNG", images.photo("colourspace", new String[] {"space", "rgb16"}, "pngsave_buffer")),
                scratch("GIF", images.photo("gifsave_buffer")),
                scratch("WebP", images.photo("webpsave_buffer")),
                scratch("AVIF", images.avif()));
    }

    private static HostileInput scratch(String format, byte[] image) {
        HostileInput.Attack attack = target -> {
            for (int place = 1; place <= 8; place++) {
                target.upload(scratched(image, place / 9.0, 64));
            }
        };
        String name = format + ", 64 bytes overwritten at each of 8 places";
        return row("Damaged inside", name, attack, SHOWN, UNDECODABLE, DAMAGED, TOO_COMPLEX, TOO_LARGE);
    }
}
