package io.sluice.image.delivery;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.sluice.contracts.image.AddressSigner;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The signer of addresses; without a key every address is refused. Keys of a file are read again when it changes; while it
 * cannot be used, those that were read before stay in force.
 */
@ApplicationScoped
public class Signing {
    private static final Logger LOG = Logger.getLogger(Signing.class);
    private static final int LONGEST_FILE = 64 * 1024;

    private final Optional<Path> file;
    private final MeterRegistry meters;
    private byte @Nullable [] seen;
    private volatile Optional<SigningKeys> keys;
    private volatile Optional<AddressSigner> signer = Optional.empty();
    private volatile String problem = "";

    Signing(SigningConfig config, MeterRegistry meters) {
        this.file = config.file();
        this.meters = meters;
        this.keys = file.isPresent()
                ? Optional.empty()
                : config.active().map(active -> SigningKeys.of(active, config.keys()));
        this.signer = keys.map(SigningKeys::signer);
        look();
    }

    /** Empty when there is no key. The same object until the keys change. */
    public Optional<AddressSigner> signer() {
        return signer;
    }

    Optional<SigningKeys> keys() {
        return keys;
    }

    /** Why the file of keys cannot be used; empty when it can, or there is none. */
    String problem() {
        return problem;
    }

    @Scheduled(every = "2s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    synchronized void look() {
        if (file.isEmpty()) {
            return;
        }
        try {
            byte[] content = read(file.get());
            if (Arrays.equals(content, seen)) {
                return;
            }
            seen = content;
            take(SigningKeys.parse(content));
        } catch (IOException e) {
            refuse("it cannot be read: " + e);
        } catch (IllegalArgumentException e) {
            refuse(String.valueOf(e.getMessage()));
        }
    }

    private static byte[] read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] content = in.readNBytes(LONGEST_FILE + 1);
            if (content.length > LONGEST_FILE) {
                throw new IOException("longer than " + LONGEST_FILE + " bytes");
            }
            return content;
        }
    }

    private void take(SigningKeys read) {
        keys = Optional.of(read);
        signer = Optional.of(read.signer());
        problem = "";
        meters.counter("sluice.signing.reloads", "outcome", "taken").increment();
        LOG.infof("signing keys %s, of which %s signs", read.ids(), read.active());
    }

    private void refuse(String why) {
        if (!why.equals(problem)) {
            meters.counter("sluice.signing.reloads", "outcome", "refused").increment();
            LOG.errorf("signing keys in %s: %s; the former ones stay in force", file.get(), why);
        }
        problem = why;
        if (why.startsWith("it cannot be read")) {
            seen = null;
        }
    }
}
