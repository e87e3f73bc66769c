package io.sluice.testkit.libvips;

import io.sluice.testkit.postgres.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * libvips for image-worker, wherever it can be had: the file named by {@code SLUICE_LIBVIPS}, npm's prebuilt package in the
 * cache, the system's library, npm's package fetched into the cache (pinned and checked), Debian's package when root. npm's
 * build is preferred: newer, faster, one file. Used by tests and by the launcher.
 */
public final class Libvips {
    private static final String NAME = "libvips.so.42";
    private static final List<Path> FOLDERS = List.of(
            Path.of("/usr/local/lib"),
            Path.of("/usr/lib/x86_64-linux-gnu"),
            Path.of("/usr/lib/aarch64-linux-gnu"),
            Path.of("/usr/lib64"),
            Path.of("/usr/lib"));

    private Libvips() {}

    /** libvips is nowhere to be had; the message says in one sentence what to do. */
    public static final class NotFound extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotFound(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /**
     * The library's file.
     *
     * @throws NotFound when it can be neither found nor fetched
     */
    public static Path locate() {
        return locate(System.getenv("SLUICE_LIBVIPS"), EmbeddedPostgres.defaultCache());
    }

    static Path locate(@Nullable String named, Path cache) {
        if (named != null && !named.isBlank()) {
            Path file = Path.of(named);
            if (!Files.isRegularFile(file)) {
                throw new NotFound("SLUICE_LIBVIPS names " + file + ", which is not a file", null);
            }
            return file;
        }
        return NpmLibvips.cached(cache).or(Libvips::installed).orElseGet(() -> fetch(cache));
    }

    /** The system's own library, if there is one. */
    public static Optional<Path> installed() {
        return FOLDERS.stream()
                .map(folder -> folder.resolve(NAME))
                .filter(Files::isRegularFile)
                .findFirst();
    }

    private static Path fetch(Path cache) {
        try {
            return NpmLibvips.fetch(cache);
        } catch (IOException noNpm) {
            if (System.getProperty("user.name").equals("root") && aptInstall()) {
                return installed().orElseThrow(() -> missing(noNpm));
            }
            throw missing(noNpm);
        }
    }

    private static NotFound missing(IOException cause) {
        return new NotFound(
                "libvips is missing: install it (Debian: apt-get install libvips42), or install npm, or name the library's"
                        + " file in SLUICE_LIBVIPS (npm's package: " + cause.getMessage() + ")",
                cause);
    }

    private static boolean aptInstall() {
        try {
            Process process = new ProcessBuilder("apt-get", "install", "-y", "--no-install-recommends", "libvips42")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
