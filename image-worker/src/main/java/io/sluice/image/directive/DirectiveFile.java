package io.sluice.image.directive;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.contracts.directive.DirectiveInbox;
import io.sluice.image.files.DataConfig;
import io.sluice.platform.snapshot.SnapshotFile;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Directives held, on disk: a worker that restarts while the optimizer is away keeps both level and expiry. Blocking. */
@ApplicationScoped
class DirectiveFile {
    private static final Logger LOG = Logger.getLogger(DirectiveFile.class);

    private final SnapshotFile file;
    private final ObjectMapper json;
    private final InstantSource wallClock;

    DirectiveFile(DataConfig data, ObjectMapper json, InstantSource wallClock) {
        this.file = new SnapshotFile(data.dir().resolve("directives.snapshot"));
        this.json = json;
        this.wallClock = wallClock;
    }

    void save(List<DirectiveInbox.Held> held) {
        if (held.isEmpty()) {
            return;
        }
        try {
            file.write(json.writeValueAsBytes(new HeldDirectives(wallClock.instant(), held)));
        } catch (IOException e) {
            LOG.warnf("the directive in force cannot be saved: %s", e.getMessage());
        }
    }

    void restoreInto(DirectiveInbox inbox, long nowNanos) {
        try {
            Optional<byte[]> content = file.read();
            if (content.isPresent()) {
                HeldDirectives saved = json.readValue(content.get(), HeldDirectives.class);
                inbox.restore(saved.held(), Duration.between(saved.savedAt(), wallClock.instant()), nowNanos);
            }
        } catch (IOException e) {
            LOG.warnf("the directive saved in %s cannot be read: %s", file.path(), e.getMessage());
        }
    }
}
