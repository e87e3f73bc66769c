package io.sluice.image.isolation;

import io.sluice.contracts.image.VariantAddress;
import io.sluice.image.scan.ImageFacts;
import io.sluice.image.scan.ImageScanner;
import io.sluice.image.scan.Scan;
import io.sluice.image.scan.ScanLimits;
import io.sluice.image.variant.EncodeRunner;
import io.sluice.image.variant.EncodeTask;
import io.sluice.image.variant.Encoded;
import io.sluice.image.variant.LocalEncodes;
import io.sluice.image.variant.Mark;
import io.sluice.image.variant.SetTask;
import io.sluice.image.vips.Vips;
import io.sluice.image.vips.VipsFailure;
import io.sluice.platform.problem.ProblemException;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.SynchronousQueue;

/**
 * A child process: reads requests from its standard input, encodes one after the other, answers on its standard output.
 * Ends, in the middle of an encode if need be, when its standard input does: then its parent is gone or done with it.
 */
public final class EncodeChild {
    /** First argument that turns the service's own program into a child; the second is the file of libvips. */
    public static final String ARGUMENT = "--encode-child";

    /** The parent has judged the original already; here its headers only have to be read. */
    private static final ImageScanner SCANNER = new ImageScanner(new ScanLimits(
            Long.MAX_VALUE, Integer.MAX_VALUE, Long.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE, Long.MAX_VALUE));

    private final Vips vips;
    private final SynchronousQueue<Request> requests;
    private final OutputStream replies;
    private final LocalEncodes encodes = new LocalEncodes();

    private EncodeChild(Vips vips, SynchronousQueue<Request> requests, OutputStream replies) {
        this.vips = vips;
        this.requests = requests;
        this.replies = replies;
    }

    /** @param args the file of libvips */
    public static void main(String... args) throws IOException, InterruptedException {
        OutputStream replies = new FileOutputStream(FileDescriptor.out);
        System.setOut(System.err); // nothing but replies may stand in the standard output
        SynchronousQueue<Request> requests = new SynchronousQueue<>();
        Thread.ofPlatform().daemon().name("requests").start(() -> read(requests));
        EncodeChild child = new EncodeChild(Vips.load(Path.of(args[0])), requests, replies);
        while (true) {
            Frames.write(replies, child.reply(requests.take()));
        }
    }

    private static void read(SynchronousQueue<Request> requests) {
        try (FileInputStream in = new FileInputStream(FileDescriptor.in)) {
            while (true) {
                requests.put(Frames.request(in));
            }
        } catch (IOException | InterruptedException e) {
            Runtime.getRuntime().halt(0);
        }
    }

    private Reply reply(Request request) {
        try {
            return switch (request) {
                case Request.Encode encode -> encode(encode);
                case Request.LookAt look -> new Reply.Seen(encodes.look(vips, look.original(), facts(look.original())));
                case Request.Cascade cascade -> cascade(cascade);
                case Request.Go go -> new Reply.Broken("nothing was asked");
            };
        } catch (VipsFailure e) {
            return new Reply.Refused(String.valueOf(e.getMessage()));
        } catch (ProblemException e) {
            return new Reply.Problem(e.status(), e.slug(), e.title(), String.valueOf(e.getMessage()));
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
            return new Reply.Broken(e.toString());
        }
    }

    private Reply encode(Request.Encode request) throws IOException {
        Optional<Mark> mark = Optional.empty();
        if (request.stamp().isPresent()) {
            Request.Stamp stamp = request.stamp().get();
            mark = Optional.of(new Mark(stamp.definition(), stamp.image(), facts(stamp.image())));
        }
        EncodeTask task = new EncodeTask(
                VariantAddress.parse(request.address()),
                request.original(),
                facts(request.original()),
                request.base(),
                mark);
        return encodes.encode(vips, task, encoded -> write(encoded, request.target()));
    }

    private Reply cascade(Request.Cascade request) throws IOException {
        List<VariantAddress> addresses =
                request.addresses().stream().map(VariantAddress::parse).toList();
        SetTask set = new SetTask(request.original(), facts(request.original()), request.base(), addresses);
        encodes.cascade(vips, set, new Questions(addresses));
        return new Reply.Over();
    }

    /** Asks the parent before each variant of a set, and waits for its word behind each. */
    private final class Questions implements EncodeRunner.SetReceiver {
        private final List<VariantAddress> addresses;
        private Optional<Path> target = Optional.empty();

        Questions(List<VariantAddress> addresses) {
            this.addresses = addresses;
        }

        @Override
        public boolean wants(VariantAddress address) {
            target = answer(new Reply.Wanted(addresses.indexOf(address)));
            return target.isPresent();
        }

        @Override
        public void take(VariantAddress address, Encoded encoded) throws IOException {
            answer(write(encoded, target.orElseThrow()));
        }

        private Optional<Path> answer(Reply reply) {
            try {
                Frames.write(replies, reply);
                return requests.take() instanceof Request.Go go ? go.target() : Optional.empty();
            } catch (IOException e) {
                throw new UncheckedIOException(e); // the parent is gone
            } catch (InterruptedException e) {
                throw new IllegalStateException("nobody interrupts a child", e);
            }
        }
    }

    private static ImageFacts facts(Path image) throws IOException {
        return switch (SCANNER.scan(image)) {
            case Scan.Accepted accepted -> accepted.facts();
            case Scan.Refused refused -> throw new VipsFailure(refused.detail());
        };
    }

    private static Reply write(Encoded encoded, Path target) throws IOException {
        if (!(encoded instanceof Encoded.InMemory memory)) {
            throw new IllegalStateException("encodes of this process are in its memory");
        }
        ByteBuffer bytes = memory.bytes();
        long length = encoded.length();
        try (FileChannel channel = FileChannel.open(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }
        return new Reply.Done(length);
    }
}
