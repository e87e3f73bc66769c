package io.sluice.image.vips;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.file.Path;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** libvips as far as it is there: the service starts without it, is not ready, and says what to do. */
@ApplicationScoped
public class VipsLibrary {
    private static final Logger LOG = Logger.getLogger(VipsLibrary.class);
    private static final String REMEDY =
            "install libvips 8.14 or newer (Debian: apt-get install libvips42; npm: @img/sharp-libvips-linux-x64) or name"
                    + " its file in sluice.image.libvips.path, then restart";

    private final @Nullable Vips vips;
    private final String identity;
    private final String problem;

    VipsLibrary(LibvipsConfig config) {
        Vips loaded = null;
        String failure = "";
        Optional<Path> file = LibraryFiles.find(config.path());
        if (file.isEmpty()) {
            failure =
                    config.path().map(path -> path + " is not a file").orElse("libvips was not found") + ": " + REMEDY;
        } else {
            try {
                loaded = Vips.load(file.get());
            } catch (IllegalArgumentException e) {
                failure = e.getMessage() + ": " + REMEDY;
            }
        }
        this.vips = loaded;
        this.problem = failure;
        this.identity = loaded == null ? "" : LibraryIdentity.of(loaded.library());
        if (loaded == null) {
            LOG.error(failure);
        } else {
            LOG.infof("libvips %s from %s", loaded.version(), loaded.library());
        }
    }

    /** Empty when no library could be loaded; then {@link #problem} says why. */
    public Optional<Vips> vips() {
        return Optional.ofNullable(vips);
    }

    /** Name and size of libvips and of each codec it loaded; empty without a library. */
    public String identity() {
        return identity;
    }

    /** Why there is no library and what to do; empty when there is one. */
    public String problem() {
        return problem;
    }
}
