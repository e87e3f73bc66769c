package io.sluice.image.variant;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contracts.image.Fit;
import io.sluice.contracts.image.ImageFormat;
import io.sluice.contracts.image.Recipe;
import io.sluice.image.Service;
import io.sluice.image.scan.ImageFacts;
import io.sluice.image.vips.Vips;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CascadeTest {
    private static final Vips VIPS = Libraries.all().findFirst().orElseThrow();
    private static final Path PHOTO = firstPhoto();

    @Test
    void makes_every_size_and_format_of_a_set_avif_last() throws IOException {
        List<String> made = new ArrayList<>();
        cascade(
                List.of(target(64, ImageFormat.AVIF), target(256, ImageFormat.WEBP), target(64, ImageFormat.JPEG)),
                (t, bytes) -> {
                    ImageFacts facts = Service.facts(bytes);
                    made.add(t.format() + " " + facts.width());
                });
        assertThat(made).containsExactly("WEBP 256", "JPEG 64", "AVIF 64");
    }

    @Test
    void makes_the_largest_as_an_encode_of_its_own_would() throws IOException {
        Cascade.Target largest = target(256, ImageFormat.WEBP);
        byte[] alone = new Encoder(VIPS).encode(PHOTO, facts(), largest.recipe(), ImageFormat.WEBP, CascadeTest::copy);
        List<byte[]> made = new ArrayList<>();

        cascade(List.of(largest), (t, bytes) -> made.add(bytes));

        assertThat(made).containsExactly(alone);
    }

    @Test
    void makes_one_of_a_set_anew_with_the_same_bytes() throws IOException {
        Cascade.Target small = target(64, ImageFormat.WEBP);
        List<byte[]> made = new ArrayList<>();
        cascade(List.of(target(256, ImageFormat.WEBP), small, target(128, ImageFormat.JPEG)), (t, bytes) -> {
            if (t.equals(small)) {
                made.add(bytes);
            }
        });

        byte[] again = new Cascade(VIPS).one(PHOTO, facts(), 256, small, CascadeTest::copy);

        assertThat(made).containsExactly(again);
    }

    @Test
    void leaves_out_what_is_not_wanted() throws IOException {
        List<Cascade.Target> taken = new ArrayList<>();
        new Cascade(VIPS)
                .encode(
                        PHOTO,
                        facts(),
                        256,
                        List.of(target(256, ImageFormat.WEBP), target(64, ImageFormat.WEBP)),
                        new Cascade.Sink() {
                            @Override
                            public boolean wants(Cascade.Target target) {
                                return target.width() == 64;
                            }

                            @Override
                            public void take(Cascade.Target target, ByteBuffer bytes) {
                                taken.add(target);
                            }
                        });
        assertThat(taken).containsExactly(target(64, ImageFormat.WEBP));
    }

    private interface Taker {
        void take(Cascade.Target target, byte[] bytes);
    }

    private static void cascade(List<Cascade.Target> targets, Taker taker) throws IOException {
        new Cascade(VIPS).encode(PHOTO, facts(), 256, targets, new Cascade.Sink() {
            @Override
            public boolean wants(Cascade.Target target) {
                return true;
            }

            @Override
            public void take(Cascade.Target target, ByteBuffer bytes) {
                taker.take(target, copy(bytes));
            }
        });
    }

    private static Cascade.Target target(int width, ImageFormat format) {
        return new Cascade.Target(Recipe.of("e1", width, 0, Fit.INSIDE, 60), format);
    }

    private static byte[] copy(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        return copy;
    }

    private static ImageFacts facts() throws IOException {
        return Service.facts(Files.readAllBytes(PHOTO));
    }

    private static Path firstPhoto() {
        try (var photos = Files.list(Path.of("../samples/photos"))) {
            return photos.filter(photo -> photo.toString().endsWith(".jpg"))
                    .sorted()
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
