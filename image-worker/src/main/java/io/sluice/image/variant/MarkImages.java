package io.sluice.image.variant;

import io.sluice.image.files.BlobFiles;
import jakarta.enterprise.context.ApplicationScoped;

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

    Mark of(String id) {
        MarkDefinition definition = marks.definition(id);
        return new Mark(
                definition, files.file(BlobFiles.Kind.ORIGINAL, definition.oid()), originals.facts(definition.oid()));
    }
}
