package io.sluice.image.rights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.sluice.contracts.image.ImageFormat;
import io.sluice.contracts.image.Recipe;
import io.sluice.contracts.image.VariantAddress;
import io.sluice.image.Service;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
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
            byte[] made = made(vips, RightsPhoto.source(), "kcr-", format);

            assertThat(Service.facts(made).width()).as(format.token()).isEqualTo(64);
            if (format == ImageFormat.GIF) {
                assertThat(text(made)).contains("XMP DataXMP", "Wires Agency");
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
            assertThat(text(made)).as(format.token()).doesNotContain("SECRET");
            assertThat(text(made(vips, RightsPhoto.source(), "", format)))
                    .as("%s without rights", format.token())
                    .doesNotContain("SECRET", "Lovelace", "example.com");
        }
    }

    @ParameterizedTest
    @EnumSource(ImageFormat.class)
    void shows_the_very_picture_that_is_made_without_them(ImageFormat format) throws IOException {
        Vips vips = libraries().getFirst();
        byte[] without = made(vips, RightsPhoto.source(), "", format);
        byte[] with = made(vips, RightsPhoto.source(), "kcr-", format);

        assertThat(with.length).isGreaterThan(without.length);
        assertThat(made(vips, with, "", ImageFormat.PNG)).isEqualTo(made(vips, without, "", ImageFormat.PNG));
    }

    @Test
    void keeps_transparency_in_a_webp_that_had_no_room_for_metadata() throws IOException {
        Vips vips = libraries().getFirst();
        byte[] clear = made(vips, RightsPhoto.source(), "d90-p8-", ImageFormat.PNG);
        byte[] stamped = bytes(KeptRights.of(ByteBuffer.wrap(RightsPhoto.source()), SourceFormat.JPEG)
                .in(ByteBuffer.wrap(clear), ImageFormat.PNG));

        byte[] webp = made(vips, stamped, "kcr-", ImageFormat.WEBP);

        assertThat(Service.facts(webp).alpha()).isTrue();
        assertThat(RightsReader.read(ByteBuffer.wrap(webp), SourceFormat.WEBP)).isEqualTo(EXPECTED);
    }

    @Test
    void adds_nothing_where_there_are_none() throws IOException {
        Vips vips = libraries().getFirst();
        byte[] plain = made(vips, RightsPhoto.source(), "", ImageFormat.JPEG);

        assertThat(made(vips, plain, "kcr-", ImageFormat.WEBP)).isEqualTo(made(vips, plain, "", ImageFormat.WEBP));
    }

    @Test
    void never_fails_on_a_mutated_source() throws IOException {
        Vips vips = libraries().getFirst();
        byte[] plain = made(vips, RightsPhoto.source(), "", ImageFormat.WEBP);
        for (ImageFormat format : List.of(ImageFormat.JPEG, ImageFormat.PNG, ImageFormat.WEBP, ImageFormat.AVIF)) {
            Mutator mutator =
                    new Mutator(new SplittableRandom(7), List.of(made(vips, RightsPhoto.source(), "kcr-", format)));
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

    private static String text(byte[] image) {
        return new String(image, StandardCharsets.ISO_8859_1);
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }
}
