package io.sluice.gateway.catalogue;

import io.sluice.platform.snapshot.SnapshotFile;
import java.io.IOException;
import java.nio.file.Path;

/** Writes the file that a gateway leaves behind, for tests of others. */
public final class SavedCatalogue {
    private SavedCatalogue() {}

    /** Leaves a catalogue of one photograph of 3000 x 2000 in {@code folder}. */
    public static void write(Path folder, String profile, String collection, String path, String oid)
            throws IOException {
        SourceTable table = new SourceTable(10);
        table.put(collection + '/' + path, SourceFacts.of(7, collection, oid, 3000, 2000, false));
        new SnapshotFile(folder.resolve("catalogue.snapshot"))
                .write(CatalogueImage.write(new CatalogueImage(7, profile), table));
    }
}
