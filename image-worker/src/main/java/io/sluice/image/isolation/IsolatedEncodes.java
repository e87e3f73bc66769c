package io.sluice.image.isolation;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.sluice.contracts.image.Names;
import io.sluice.image.files.BlobFiles;
import io.sluice.image.scan.ImageFacts;
import io.sluice.image.variant.EncodeRunner;
import io.sluice.image.variant.EncodeTask;
import io.sluice.image.variant.Encoded;
import io.sluice.image.variant.LocalEncodes;
import io.sluice.image.variant.Look;
import io.sluice.image.variant.SetTask;
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
            Request request = new Request.Encode(
                    task.address().path(),
                    task.original().toAbsolutePath(),
                    target.toAbsolutePath(),
                    task.base(),
                    task.mark()
                            .map(mark -> new Request.Stamp(
                                    mark.definition(), mark.image().toAbsolutePath())));
            Reply reply = children(vips.library()).ask(request);
            if (reply instanceof Reply.Done done) {
                return receiver.take(new Encoded.InFile(target, done.bytes()));
            }
            throw failure(reply);
        } finally {
            files.discard(target);
        }
    }

    @Override
    public void cascade(Vips vips, SetTask set, SetReceiver receiver) throws IOException {
        if (!isolates(set.addresses().getFirst().collection())) {
            local.cascade(vips, set, receiver);
            return;
        }
        IsolatedSet isolated = new IsolatedSet(set, receiver, files);
        try {
            Reply last = children(vips.library()).converse(isolated.request(), isolated);
            if (!(last instanceof Reply.Over)) {
                throw failure(last);
            }
        } finally {
            isolated.discard();
        }
    }

    /** A source may belong to any collection: it is trusted when addresses by oid are. */
    @Override
    public Look look(Vips vips, Path original, ImageFacts facts) throws IOException {
        if (!isolates(Names.BY_OID)) {
            return local.look(vips, original, facts);
        }
        Reply reply = children(vips.library()).ask(new Request.LookAt(original.toAbsolutePath()));
        if (reply instanceof Reply.Seen seen) {
            return seen.look();
        }
        throw failure(reply);
    }

    /** What a reply stands for that is no result; what the caller is to be told is thrown. */
    private static IOException failure(Reply reply) {
        return switch (reply) {
            case Reply.Refused refused -> throw new VipsFailure(refused.message());
            case Reply.Problem problem -> throw new ChildProblem(problem);
            case Reply.Broken broken -> new IOException("the encoder's process reports " + broken.message());
            case Reply.Done done -> unexpected(done);
            case Reply.Seen seen -> unexpected(seen);
            case Reply.Wanted wanted -> unexpected(wanted);
            case Reply.Over over -> unexpected(over);
        };
    }

    private static IOException unexpected(Reply reply) {
        return new IOException(
                "the encoder's process answers " + reply.getClass().getSimpleName() + " to another question");
    }

    private boolean isolates(String collection) {
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
