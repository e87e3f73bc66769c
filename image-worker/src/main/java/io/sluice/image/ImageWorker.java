package io.sluice.image;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import io.sluice.image.isolation.EncodeChild;
import java.io.IOException;

/** The service's program; with {@code --encode-child {libvips}} it is one of its own child processes instead. */
@QuarkusMain
public final class ImageWorker {
    private ImageWorker() {}

    public static void main(String... args) throws IOException, InterruptedException {
        if (args.length == 2 && args[0].equals(EncodeChild.ARGUMENT)) {
            EncodeChild.main(args[1]);
        } else {
            Quarkus.run(args);
        }
    }
}
