package io.sluice.image.sources;

import io.sluice.contracts.image.Source;
import io.sluice.image.firstpaint.FirstPaint;
import io.sluice.image.origin.HttpOrigins;
import io.sluice.image.origin.LfsServers;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/** Gives an image a name, and fetches it before when it is elsewhere. Blocking; for virtual or worker threads. */
@ApplicationScoped
class Naming {
    private static final Duration DATABASE = Duration.ofSeconds(10);

    private final SourceStore store;
    private final HttpOrigins origins;
    private final LfsServers lfs;
    private final FirstPaint firstPaint;

    Naming(SourceStore store, HttpOrigins origins, LfsServers lfs, FirstPaint firstPaint) {
        this.firstPaint = firstPaint;
        this.store = store;
        this.origins = origins;
        this.lfs = lfs;
    }

    Source put(SourcePath name, SourceRequest request) {
        if (request.url() != null) {
            String oid = origins.fetch(request.url()).oid();
            return named(name, oid, request).orElseThrow(() -> new UnknownOid(oid));
        }
        String oid = Objects.requireNonNull(request.oid());
        return named(name, oid, request)
                .or(() -> lfs.adopt(oid, request.bytes() == null ? 0 : request.bytes())
                        .flatMap(image -> named(name, oid, request)))
                .orElseThrow(() -> new UnknownOid(oid));
    }

    private Optional<Source> named(SourcePath name, String oid, SourceRequest request) {
        Optional<Source> named = store.put(name.collection(), name.path(), oid, request.tagList())
                .await()
                .atMost(DATABASE);
        named.ifPresent(firstPaint::of);
        return named;
    }
}
