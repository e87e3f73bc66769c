package io.sluice.image.origin;

import io.sluice.image.upload.Intake;
import io.sluice.image.upload.StoredImage;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;

/** Images by URL, from the origins on the allow-list alone. Blocking; for virtual or worker threads. */
@ApplicationScoped
public class HttpOrigins {
    private final List<Allowed> allowed;
    private final GuardedDownload download;
    private final Fetches fetches;
    private final Intake intake;

    HttpOrigins(OriginsConfig config, GuardedDownload download, Fetches fetches, Intake intake) {
        this.allowed = config.origins().values().stream()
                .map(origin -> new Allowed(FetchUrl.of(origin.url()), origin.allowPrivate()))
                .toList();
        this.download = download;
        this.fetches = fetches;
        this.intake = intake;
    }

    /** Whether there is any. */
    public boolean any() {
        return !allowed.isEmpty();
    }

    private record Allowed(FetchUrl base, boolean allowPrivate) {}

    /**
     * Fetches and keeps the image of a URL; requests for one URL that overlap are one fetch.
     *
     * @throws io.sluice.platform.problem.ProblemException saying why there is none; nothing is kept then
     */
    public StoredImage fetch(String url) {
        FetchUrl start = FetchUrl.parse(url);
        admit(start);
        return fetches.once(url, () -> {
            GuardedDownload.Fetched fetched = download.fetch(start, Map.of("Accept", "image/*"), this::admit);
            return intake.keep(fetched.file(), fetched.oid());
        });
    }

    private boolean admit(FetchUrl url) {
        return allowed.stream()
                .filter(origin -> url.below(origin.base()))
                .findFirst()
                .orElseThrow(() -> new OriginRefused(
                        url.shown() + " is below none of the origins in sluice.image.sources.origins."))
                .allowPrivate();
    }
}
