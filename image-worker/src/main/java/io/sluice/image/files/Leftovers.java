package io.sluice.image.files;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jboss.logging.Logger;

/**
 * Takes away at start what a crash left half-written. Only temporary files that nobody wrote to for an hour: another process
 * may share the folder.
 */
@ApplicationScoped
class Leftovers {
    private static final Logger LOG = Logger.getLogger(Leftovers.class);
    private static final Duration ABANDONED = Duration.ofHours(1);

    private final BlobFiles files;
    private final InstantSource clock;

    Leftovers(BlobFiles files, InstantSource clock) {
        this.files = files;
        this.clock = clock;
    }

    void start(@Observes StartupEvent event) {
        try {
            int gone = clear();
            if (gone > 0) {
                LOG.infof("%d temporary files that a crash had left were removed", gone);
            }
        } catch (IOException e) {
            LOG.warnf("temporary files that a crash left cannot be removed: %s", e.getMessage());
        }
    }

    /** Yields how many files were removed. */
    int clear() throws IOException {
        Instant limit = clock.instant().minus(ABANDONED);
        int gone = 0;
        try (DirectoryStream<Path> all = Files.newDirectoryStream(files.temporaries())) {
            for (Path file : all) {
                if (abandoned(file, limit) && Files.deleteIfExists(file)) {
                    gone++;
                }
            }
        } catch (NoSuchFileException e) {
            return 0; // nothing was ever written
        }
        return gone;
    }

    private static boolean abandoned(Path file, Instant limit) throws IOException {
        try {
            return Files.getLastModifiedTime(file).toInstant().isBefore(limit);
        } catch (NoSuchFileException e) {
            return false; // its writer was faster
        }
    }
}
