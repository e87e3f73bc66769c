package io.sluice.image.blob;

import io.sluice.contracts.page.Page;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** One page of a folder's files in the order of their keys; folders that lie before the page are not opened. */
final class FolderWalk {
    private final Path root;
    private final String after;
    private final int limit;
    private final List<Blob> found = new ArrayList<>();

    FolderWalk(Path root, String after, int limit) {
        this.root = root;
        this.after = after;
        this.limit = limit;
    }

    Page<Blob> page(String prefix) throws IOException {
        boolean more = !walk(prefix);
        return new Page<>(found, more ? found.getLast().key() : null);
    }

    /** Yields false when the page is full and something may be left. */
    private boolean walk(String folder) throws IOException {
        for (String key : sorted(folder)) {
            if (key.endsWith("/")) {
                if ((after.startsWith(key) || after.compareTo(key) < 0) && !walk(key)) {
                    return false;
                }
            } else if (after.compareTo(key) < 0) {
                if (found.size() == limit) {
                    return false;
                }
                add(key);
            }
        }
        return true;
    }

    private void add(String key) throws IOException {
        try {
            found.add(FileBlobs.blob(key, root.resolve(key)));
        } catch (NoSuchFileException e) {
            // Taken away meanwhile.
        }
    }

    /** Keys directly below; those of folders end with a slash, so that they sort as their contents do. */
    private List<String> sorted(String folder) throws IOException {
        List<String> keys = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(root.resolve(folder))) {
            for (Path entry : entries) {
                boolean inner = Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS);
                keys.add(folder + entry.getFileName() + (inner ? "/" : ""));
            }
        } catch (NoSuchFileException e) {
            return List.of();
        }
        keys.sort(null);
        return keys;
    }
}
