package io.sluice.image;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;

/** A data folder of its own, a folder {@code photos} to import from, and the first paint of {@code posters}, and signing keys: {@code k1} is active, {@code k0} is known from before. */
public final class ServiceFolders implements QuarkusTestResourceLifecycleManager {
    public static final byte[] ACTIVE =
            "0123456789abcdef0123456789abcdef".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    public static final byte[] FORMER =
            "fedcba9876543210fedcba9876543210".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

    /** Name of a temporary file that is there before the service starts. */
    public static final String LEFT_BY_A_CRASH = "left-by-a-crash";

    @Override
    public Map<String, String> start() {
        try {
            Path folder = Files.createTempDirectory(Path.of("target"), "data");
            Path left = Files.createDirectory(folder.resolve("tmp")).resolve(LEFT_BY_A_CRASH);
            Files.setLastModifiedTime(Files.writeString(left, "half"), FileTime.from(Instant.EPOCH));
            Path photos = Files.createTempDirectory(Path.of("target"), "photos");
            return Map.of(
                    "sluice.image.first-paint.posters.recipes", "q75-w64-xinside.webp,q70-w32-xinside.jpg",
                    "sluice.data.dir", folder.toString(),
                    "sluice.image.sources.roots.photos.path", photos.toString(),
                    "sluice.signing.active", "k1",
                    "sluice.signing.keys.k1", Base64.getEncoder().encodeToString(ACTIVE),
                    "sluice.signing.keys.k0", Base64.getEncoder().encodeToString(FORMER));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        // Below target; the next clean takes it away.
    }
}
