package io.sluice.image.variant;

import io.sluice.contracts.image.ImageFormat;
import io.sluice.contracts.image.Recipe;
import io.sluice.contracts.image.SizeLadder;
import io.sluice.image.scan.ImageFacts;
import io.sluice.image.vips.Vips;
import io.sluice.image.vips.VipsFailure;
import io.sluice.image.vips.VipsImage;
import io.sluice.image.vips.VipsSession;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Several sizes and formats of one picture from one decode (AVIF has one of its own, see {@link Encoder#gentle}): the source is shrunk to the largest width, and every smaller one is
 * shrunk from that picture, in memory. A variant's bytes therefore depend on the base width too; the largest itself has the
 * bytes that {@link Encoder} makes.
 */
final class Cascade {
    /** AVIF last: it takes most of the time, and nobody waits for it. */
    private static final Comparator<Target> ORDER = Comparator.comparing(
                    (Target target) -> target.format() == ImageFormat.AVIF)
            .thenComparing(Comparator.comparingInt(Target::width).reversed());

    private static final Set<Character> LETTERS = Set.of('q', 'w', 'x');

    private final Vips vips;
    private final Encoder encoder;

    Cascade(Vips vips) {
        this.vips = vips;
        this.encoder = new Encoder(vips);
    }

    /** One variant of a cascade; its recipe must be one that {@link #serves}. */
    record Target(Recipe recipe, ImageFormat format) {
        int width() {
            return recipe.width().orElseThrow();
        }
    }

    /** Who wants the variants, one after the other. */
    interface Sink {
        /** Asked right before it is made; false leaves it out. */
        boolean wants(Target target);

        /** Takes the bytes while they are there. */
        void take(Target target, ByteBuffer bytes) throws IOException;
    }

    /** Whether a recipe bounds the width and asks for nothing else. */
    static boolean serves(Recipe recipe) {
        return recipe.width().isPresent()
                && recipe.likeness().isEmpty()
                && LETTERS.containsAll(recipe.parameters().keySet());
    }

    /**
     * Makes every target on the calling thread, which must be a platform thread.
     *
     * @param base width of the picture that all are shrunk from, a step of the ladder; no target is wider
     * @throws VipsFailure when the original turns out to be damaged
     */
    void encode(Path original, ImageFacts facts, int base, List<Target> targets, Sink sink) throws IOException {
        try (VipsSession session = vips.session()) {
            Pictures eager = new Pictures(session, original, facts, base, false);
            Pictures gentle = new Pictures(session, original, facts, base, true);
            for (Target target : targets.stream().sorted(ORDER).toList()) {
                if (sink.wants(target)) {
                    Pictures pictures = Encoder.gentle(target.format()) ? gentle : eager;
                    sink.take(target, bytes(session, pictures.of(target.width()), target, facts));
                }
            }
        }
    }

    /** Makes one target as a cascade would have. */
    <T> T one(Path original, ImageFacts facts, int base, Target target, Encoder.Sink<T> sink) throws IOException {
        try (VipsSession session = vips.session()) {
            boolean gentle = Encoder.gentle(target.format());
            VipsImage picture = new Pictures(session, original, facts, base, gentle).of(target.width());
            return sink.take(bytes(session, picture, target, facts));
        }
    }

    private ByteBuffer bytes(VipsSession session, VipsImage picture, Target target, ImageFacts facts)
            throws IOException {
        Frame frame = Frame.of(target.recipe(), facts.width(), facts.height());
        VipsImage ready =
                new Canvas(session, target.recipe(), target.format(), Optional.empty()).around(picture, frame);
        return encoder.bytes(encoder.save(session, ready, target.recipe(), target.format()), target.format());
    }

    /** The picture in each width; decoded when the first is asked for. */
    private final class Pictures {
        private final VipsSession session;
        private final Path original;
        private final ImageFacts facts;
        private final int base;
        private final boolean gentle;
        private final Map<Integer, VipsImage> known = new HashMap<>();

        Pictures(VipsSession session, Path original, ImageFacts facts, int base, boolean gentle) {
            this.session = session;
            this.original = original;
            this.facts = facts;
            this.base = base;
            this.gentle = gentle;
        }

        VipsImage of(int width) throws IOException {
            VipsImage picture = known.get(width);
            if (picture == null) {
                picture = session.memory(width == base ? shrunkFromSource() : shrunkFrom(of(base), width));
                known.put(width, picture);
            }
            return picture;
        }

        private VipsImage shrunkFromSource() throws IOException {
            double scale =
                    Math.min(1, Math.min((double) base / facts.width(), (double) SizeLadder.MAX / facts.height()));
            return new SourcePicture(vips, session, session.read(original), facts)
                    .shrunk(Cut.scaled(facts.width(), scale, 1), Cut.scaled(facts.height(), scale, 1), gentle);
        }

        private VipsImage shrunkFrom(VipsImage larger, int width) {
            return session.operation("thumbnail_image")
                    .set("in", larger)
                    .set("width", width)
                    .set("height", SizeLadder.MAX)
                    .set("size", "down")
                    .image();
        }
    }
}
