package io.sluice.image.variant;

import io.sluice.image.files.BlobFiles;
import io.sluice.image.scan.ImageFacts;
import io.sluice.image.vips.Vips;
import io.sluice.image.vips.VipsFailure;
import io.sluice.image.vips.VipsImage;
import io.sluice.image.vips.VipsLibrary;
import io.sluice.image.vips.VipsSession;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/** Looks at sources, on the threads that encode: a look decodes, too. */
@ApplicationScoped
public class SourceLooks {
    private static final int SIDE = 32;

    private final VipsLibrary library;
    private final BlobFiles files;
    private final Originals originals;
    private final EncodePool pool;

    SourceLooks(VipsLibrary library, BlobFiles files, Originals originals, EncodePool pool) {
        this.library = library;
        this.files = files;
        this.originals = originals;
        this.pool = pool;
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
        pool.submit(facts.pixels() * Originals.BYTES_PER_PIXEL, () -> look(oid, facts), new EncodePool.Result<>() {
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
        try (VipsSession session = vips.session()) {
            return look(
                    new SourcePicture(vips, session, session.read(files.file(BlobFiles.Kind.ORIGINAL, oid)), facts));
        }
    }

    static Look look(SourcePicture source) {
        VipsSession session = source.session();
        VipsImage header = source.header();
        VipsImage small = source.shrunk()
                .set("width", SIDE)
                .set("height", SIDE)
                .set("size", "down")
                .image();
        VipsImage coloured = session.operation("colourspace")
                .set("in", small)
                .set("space", "srgb")
                .image();
        VipsImage rgba = coloured.alpha()
                ? coloured
                : session.operation("bandjoin_const")
                        .set("in", coloured)
                        .set("c", "255")
                        .image();
        byte[] pixels = session.pixels(
                session.operation("cast").set("in", rgba).set("format", "uchar").image());
        return new Look(
                header.pages(),
                header.colourSpace(),
                source.facts().colourManaged(),
                Math.max(1, header.orientation()),
                new Thumbnail(rgba.width(), rgba.height(), pixels));
    }
}
