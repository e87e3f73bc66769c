package io.sluice.image.isolation;

import io.sluice.contracts.image.VariantAddress;
import io.sluice.image.scan.ImageFacts;
import io.sluice.image.scan.ImageScanner;
import io.sluice.image.scan.Scan;
import io.sluice.image.scan.ScanLimits;
import io.sluice.image.variant.EncodeTask;
import io.sluice.image.variant.Encoded;
import io.sluice.image.variant.LocalEncodes;
import io.sluice.image.variant.Mark;
import io.sluice.image.vips.Vips;
import io.sluice.image.vips.VipsFailure;
import io.sluice.platform.problem.ProblemException;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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
    private final LocalEncodes encodes = new LocalEncodes();

    private EncodeChild(Vips vips) {
        this.vips = vips;
    }

    /** @param args the file of libvips */
    public static void main(String... args) throws IOException, InterruptedException {
        OutputStream replies = new FileOutputStream(FileDescriptor.out);
        System.setOut(System.err); // nothing but replies may stand in the standard output
        SynchronousQueue<Frames.Request> requests = new SynchronousQueue<>();
        Thread.ofPlatform().daemon().name("requests").start(() -> read(requests));
        EncodeChild child = new EncodeChild(Vips.load(Path.of(args[0])));
        while (true) {
            Frames.write(replies, child.reply(requests.take()));
        }
    }

    private static void read(SynchronousQueue<Frames.Request> requests) {
        try (FileInputStream in = new FileInputStream(FileDescriptor.in)) {
            while (true) {
                requests.put(Frames.request(in));
            }
        } catch (IOException | InterruptedException e) {
            Runtime.getRuntime().halt(0);
        }
    }

    private Frames.Reply reply(Frames.Request request) {
        try {
            Optional<Mark> mark = Optional.empty();
            if (request.stamp().isPresent()) {
                Frames.Stamp stamp = request.stamp().get();
                mark = Optional.of(new Mark(stamp.definition(), stamp.image(), facts(stamp.image())));
            }
            EncodeTask task = new EncodeTask(
                    VariantAddress.parse(request.address()),
                    request.original(),
                    facts(request.original()),
                    request.base(),
                    mark);
            return encodes.encode(vips, task, encoded -> write(encoded, request.target()));
        } catch (VipsFailure e) {
            return new Frames.Reply.Refused(String.valueOf(e.getMessage()));
        } catch (ProblemException e) {
            return new Frames.Reply.Problem(e.status(), e.slug(), e.title(), String.valueOf(e.getMessage()));
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
            return new Frames.Reply.Broken(e.toString());
        }
    }

    private static ImageFacts facts(Path image) throws IOException {
        return switch (SCANNER.scan(image)) {
            case Scan.Accepted accepted -> accepted.facts();
            case Scan.Refused refused -> throw new VipsFailure(refused.detail());
        };
    }

    private static Frames.Reply write(Encoded encoded, Path target) throws IOException {
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
        return new Frames.Reply.Done(length);
    }
}
