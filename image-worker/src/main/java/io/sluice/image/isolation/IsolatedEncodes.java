package io.sluice.image.isolation;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.sluice.image.files.BlobFiles;
import io.sluice.image.variant.EncodeRunner;
import io.sluice.image.variant.EncodeTask;
import io.sluice.image.variant.Encoded;
import io.sluice.image.variant.LocalEncodes;
import io.sluice.image.vips.Vips;
import io.sluice.image.vips.VipsFailure;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Encodes here or in a child, as {@code sluice.image.isolation} says. A child writes its result into a temporary file of the
 * store, so that publishing it is a rename.
 */
@ApplicationScoped
class IsolatedEncodes implements EncodeRunner {
    private final IsolationConfig config;
    private final BlobFiles files;
    private final MeterRegistry meters;
    private final LocalEncodes local = new LocalEncodes();
    private final Set<String> trusted;
    private @Nullable Children children;

    IsolatedEncodes(IsolationConfig config, BlobFiles files, MeterRegistry meters) {
        this.config = config;
        this.files = files;
        this.meters = meters;
        this.trusted = config.trusted().orElse(Set.of());
    }

    @Override
    public <T> T encode(Vips vips, EncodeTask task, Receiver<T> receiver) throws IOException {
        if (!isolates(task.address().collection())) {
            return local.encode(vips, task, receiver);
        }
        Path target = files.temporary();
        try {
            Frames.Request request = new Frames.Request(
                    task.address().path(),
                    task.original().toAbsolutePath(),
                    target.toAbsolutePath(),
                    task.base(),
                    task.mark()
                            .map(mark -> new Frames.Stamp(
                                    mark.definition(), mark.image().toAbsolutePath())));
            return switch (children(vips.library()).ask(request)) {
                case Frames.Reply.Done done -> receiver.take(new Encoded.InFile(target, done.bytes()));
                case Frames.Reply.Refused refused -> throw new VipsFailure(refused.message());
                case Frames.Reply.Problem problem -> throw new ChildProblem(problem);
                case Frames.Reply.Broken broken ->
                    throw new IOException("the encoder's process reports " + broken.message());
            };
        } finally {
            files.discard(target);
        }
    }

    @Override
    public boolean isolates(String collection) {
        return switch (config.mode()) {
            case NONE -> false;
            case PROCESS -> true;
            case UNTRUSTED -> !trusted.contains(collection);
        };
    }

    synchronized Children children(Path library) {
        if (children == null) {
            children = new Children(library, config, meters);
        }
        return children;
    }

    synchronized void stop(@Observes ShutdownEvent event) {
        if (children != null) {
            children.close();
        }
    }
}
