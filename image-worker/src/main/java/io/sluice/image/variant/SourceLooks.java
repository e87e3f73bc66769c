package io.sluice.image.variant;

import io.sluice.image.files.BlobFiles;
import io.sluice.image.scan.ImageFacts;
import io.sluice.image.vips.Vips;
import io.sluice.image.vips.VipsFailure;
import io.sluice.image.vips.VipsLibrary;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/** Looks at sources, on the threads that encode: a look decodes, too. */
@ApplicationScoped
public class SourceLooks {
    private final VipsLibrary library;
    private final BlobFiles files;
    private final Originals originals;
    private final EncodePool pool;
    private final EncodeRunner runner;

    SourceLooks(VipsLibrary library, BlobFiles files, Originals originals, EncodePool pool, EncodeRunner runner) {
        this.library = library;
        this.files = files;
        this.originals = originals;
        this.pool = pool;
        this.runner = runner;
    }

    /** A look at a source that is in the store; fails as an encode of it would. */
    public Uni<Look> at(String oid) {
        return Uni.createFrom()
                .item(() -> originals.facts(oid))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .chain(facts -> Uni.createFrom().completionStage(() -> submitted(oid, facts)));
    }

    private CompletableFuture<Look> submitted(String oid, ImageFacts facts) {
        CompletableFuture<Look> look = new CompletableFuture<>();
        pool.submit(Originals.bytes(facts), () -> look(oid, facts), new EncodePool.Result<>() {
            @Override
            public void made(Look made) {
                look.complete(made);
            }

            @Override
            public void failed(Throwable cause) {
                look.completeExceptionally(
                        cause instanceof VipsFailure ? new Undecodable(String.valueOf(cause.getMessage())) : cause);
            }
        });
        return look;
    }

    private Look look(String oid, ImageFacts facts) throws IOException {
        Vips vips = library.vips().orElseThrow(() -> new NoLibrary(library.problem()));
        return runner.look(vips, files.file(BlobFiles.Kind.ORIGINAL, oid), facts);
    }
}
