package io.sluice.platform.snapshot;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * A file that holds the last good state: written whole (temporary file, fsync, rename, fsync of the folder), read whole, and
 * refused when its checksum does not fit. Blocking: call it from a worker thread. One writer at a time.
 */
public final class SnapshotFile {
    private static final int MAGIC = 0x534c5531; // "SLU1"
    private static final int HEADER = 4 + 8 + 8;

    private final Path file;

    public SnapshotFile(Path file) {
        this.file = file.toAbsolutePath();
    }

    /** Replaces the content; a crash leaves the old or the new one, never a mixture. */
    public synchronized void write(byte[] content) throws IOException {
        Path folder = file.getParent();
        if (folder == null) {
            throw new IOException("a snapshot needs a folder: " + file);
        }
        Files.createDirectories(folder);
        Path temporary = folder.resolve(file.getFileName() + ".tmp");
        ByteBuffer header = ByteBuffer.allocate(HEADER);
        header.putInt(MAGIC).putLong(content.length).putLong(checksum(content)).flip();
        try (FileChannel channel = FileChannel.open(
                temporary, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            drain(channel, header);
            drain(channel, ByteBuffer.wrap(content));
            channel.force(true);
        }
        try {
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            throw new IOException("the file system of " + folder + " cannot rename atomically", e);
        }
        try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
            directory.force(true);
        }
    }

    /** The content; empty when there is no file, or it is damaged (then it is left for a person to look at). */
    public Optional<byte[]> read() throws IOException {
        byte[] all;
        try {
            all = Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        if (all.length < HEADER) {
            return Optional.empty();
        }
        ByteBuffer header = ByteBuffer.wrap(all);
        if (header.getInt() != MAGIC || header.getLong() != all.length - HEADER) {
            return Optional.empty();
        }
        long checksum = header.getLong();
        byte[] content = new byte[all.length - HEADER];
        header.get(content);
        return checksum(content) == checksum ? Optional.of(content) : Optional.empty();
    }

    public Path path() {
        return file;
    }

    private static long checksum(byte[] content) {
        CRC32C crc = new CRC32C();
        crc.update(content, 0, content.length);
        return crc.getValue();
    }

    private static void drain(FileChannel channel, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }
}
