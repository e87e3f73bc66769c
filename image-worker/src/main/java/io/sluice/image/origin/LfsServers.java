package io.sluice.image.origin;

import io.sluice.image.files.BlobFiles;
import io.sluice.image.upload.Intake;
import io.sluice.image.upload.StoredImage;
import io.sluice.platform.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Images by their oid, from Git LFS servers, each object fetched once: what is here already is not asked for. Blocking; for
 * virtual or worker threads.
 */
@ApplicationScoped
public class LfsServers {
    private final Map<String, OriginsConfig.Lfs> servers;
    private final LfsBatch batch;
    private final GuardedDownload download;
    private final Fetches fetches;
    private final BlobFiles files;
    private final Intake intake;

    LfsServers(
            OriginsConfig config,
            LfsBatch batch,
            GuardedDownload download,
            Fetches fetches,
            BlobFiles files,
            Intake intake) {
        this.servers = new TreeMap<>(config.lfs());
        this.batch = batch;
        this.download = download;
        this.fetches = fetches;
        this.files = files;
        this.intake = intake;
    }

    /**
     * Asks one server after another.
     *
     * @param bytes its size as the pointer says; some servers insist on it
     * @return empty when none has it
     * @throws ProblemException when none has it and one failed
     */
    public Optional<StoredImage> adopt(String oid, long bytes) {
        ProblemException failed = null;
        for (Map.Entry<String, OriginsConfig.Lfs> server : servers.entrySet()) {
            try {
                return Optional.of(
                        fetches.once("lfs:" + oid, () -> fetch(server.getKey(), server.getValue(), oid, bytes)));
            } catch (ProblemException e) {
                failed = e instanceof NotThere ? failed : e;
            }
        }
        if (failed != null) {
            throw failed;
        }
        return Optional.empty();
    }

    /** The server answered that it has no such object. */
    private static final class NotThere extends ProblemException {
        private static final long serialVersionUID = 1L;

        NotThere(String server) {
            super(422, "origin-not-found", "The origin has no such image", "LFS server " + server + " has it not.");
        }
    }

    private StoredImage fetch(String name, OriginsConfig.Lfs server, String oid, long bytes) {
        LfsBatch.Action action = batch.download(name, server, oid, bytes).orElseThrow(() -> new NotThere(name));
        FetchUrl base = FetchUrl.of(server.url());
        GuardedDownload.Fetched fetched =
                download.fetch(action.url(), action.headers(), url -> url.sameOrigin(base) || server.allowPrivate());
        if (!fetched.oid().equals(oid)) {
            files.discard(fetched.file());
            throw OriginFailed.wrongBytes("LFS server " + name, fetched.oid());
        }
        return intake.keep(fetched.file(), oid);
    }
}
