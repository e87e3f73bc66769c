package io.sluice.image.isolation;

import io.sluice.contracts.image.VariantAddress;
import io.sluice.image.files.BlobFiles;
import io.sluice.image.variant.EncodeRunner;
import io.sluice.image.variant.Encoded;
import io.sluice.image.variant.SetTask;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The parent's side of a cascade: says which variants are wanted, and takes each as a file. Used once, by one thread. */
final class IsolatedSet implements Children.Dialogue {
    private final SetTask set;
    private final EncodeRunner.SetReceiver receiver;
    private final BlobFiles files;
    private @Nullable VariantAddress wanted;
    private @Nullable Path target;

    IsolatedSet(SetTask set, EncodeRunner.SetReceiver receiver, BlobFiles files) {
        this.set = set;
        this.receiver = receiver;
        this.files = files;
    }

    Request request() {
        return new Request.Cascade(
                set.original().toAbsolutePath(),
                set.base(),
                set.addresses().stream().map(VariantAddress::path).toList());
    }

    @Override
    public Optional<Request> next(Reply reply) throws IOException {
        if (reply instanceof Reply.Wanted asked) {
            ask(set.addresses().get(asked.index()));
        } else if (reply instanceof Reply.Done done) {
            take(done);
        } else {
            return Optional.empty(); // over, well or not
        }
        return Optional.of(new Request.Go(Optional.ofNullable(target)));
    }

    private void ask(VariantAddress address) throws IOException {
        if (receiver.wants(address)) {
            wanted = address;
            target = files.temporary().toAbsolutePath();
        }
    }

    private void take(Reply.Done done) throws IOException {
        if (wanted == null || target == null) {
            throw new IOException("the encoder's process made what nobody wanted");
        }
        receiver.take(wanted, new Encoded.InFile(target, done.bytes()));
        discard();
    }

    /** Takes away what was not taken. */
    void discard() {
        if (target != null) {
            files.discard(target);
        }
        target = null;
        wanted = null;
    }
}
