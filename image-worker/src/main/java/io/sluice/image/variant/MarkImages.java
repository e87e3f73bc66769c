package io.sluice.image.variant;

import io.sluice.image.files.BlobFiles;
import io.sluice.image.scan.ImageFacts;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.file.Path;

/** Marks with their images, as the encoder needs them. Reads the file system. */
@ApplicationScoped
class MarkImages {
    private final Marks marks;
    private final BlobFiles files;
    private final Originals originals;

    MarkImages(Marks marks, BlobFiles files, Originals originals) {
        this.marks = marks;
        this.files = files;
        this.originals = originals;
    }

    /**
     * A mark and its image.
     *
     * @param definition how it is laid over
     * @param image its file
     * @param facts of the image
     */
    record Mark(MarkDefinition definition, Path image, ImageFacts facts) {}

    Mark of(String id) {
        MarkDefinition definition = marks.definition(id);
        return new Mark(
                definition, files.file(BlobFiles.Kind.ORIGINAL, definition.oid()), originals.facts(definition.oid()));
    }
}
