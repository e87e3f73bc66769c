package io.sluice.image.upload;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** Images that come by other ways than an upload: the same checks, the same store. Blocking; for virtual or worker threads. */
@ApplicationScoped
public class Intake {
    private static final Duration DATABASE = Duration.ofSeconds(10);

    private final Uploads uploads;
    private final ImageStore store;

    Intake(Uploads uploads, ImageStore store) {
        this.uploads = uploads;
        this.store = store;
    }

    /** Longest image that is taken, in bytes. */
    public long maxBytes() {
        return uploads.maxBytes();
    }

    /** What is known of an image. */
    public Optional<StoredImage> find(String oid) {
        return store.find(oid).await().atMost(DATABASE);
    }

    /**
     * Keeps a stream, read to its end.
     *
     * @throws UploadRefused when it is not an image that is taken
     */
    public StoredImage keep(InputStream body) {
        return remembered(uploads.take(body, OptionalLong.empty(), Optional.empty()));
    }

    /**
     * Keeps a complete temporary file of the store; it is gone afterwards, whatever happens.
     *
     * @param oid SHA-256 of its bytes
     * @throws UploadRefused when it is not an image that is taken
     */
    public StoredImage keep(Path complete, String oid) {
        return remembered(uploads.keep(complete, oid));
    }

    /**
     * Says what a stream is, read to its end, and keeps nothing.
     *
     * @throws UploadRefused when it is not an image that is taken
     */
    public StoredImage examine(InputStream body) {
        return uploads.examine(body);
    }

    private StoredImage remembered(StoredImage image) {
        store.remember(image).await().atMost(DATABASE);
        return image;
    }
}
