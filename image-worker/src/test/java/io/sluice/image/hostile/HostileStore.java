package io.sluice.image.hostile;

import static io.sluice.image.hostile.HostileInput.row;

import io.sluice.image.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** A store that fails: its temporary folder becomes a small file system, where this process may mount one. */
final class HostileStore {
    private static final Logger LOG = Logger.getLogger(HostileStore.class);

    private HostileStore() {}

    /** The rows that can be run here; a row that cannot is named in the log. */
    static List<HostileInput> all(Path data) throws IOException, InterruptedException {
        Path temporaries = Files.createDirectories(data.resolve("tmp")).toAbsolutePath();
        byte[] photo = Service.photo("umang.jpg");
        List<HostileInput> rows = new ArrayList<>();
        rows.add(row(
                "The store",
                "temporary folder replaced by a file",
                target -> {
                    Path away = temporaries.resolveSibling("away");
                    Files.move(temporaries, away);
                    Files.writeString(temporaries, "in the way");
                    try {
                        target.upload(photo);
                    } finally {
                        Files.delete(temporaries);
                        Files.move(away, temporaries);
                    }
                },
                "503 store-failed"));
        if (!run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", temporaries.toString())) {
            LOG.warn("disk full and read-only store are not tested: this process may not mount a file system");
            return rows;
        }
        run("umount", temporaries.toString());
        rows.add(mounted("disk full", temporaries, "size=64k", photo));
        rows.add(mounted("store read-only", temporaries, "ro", photo));
        return rows;
    }

    private static HostileInput mounted(String name, Path folder, String options, byte[] photo) {
        return row(
                "The store",
                name,
                target -> {
                    run("mount", "-t", "tmpfs", "-o", options, "tmpfs", folder.toString());
                    try {
                        target.upload(photo);
                    } finally {
                        run("umount", folder.toString());
                    }
                },
                "503 store-failed");
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    }
}
