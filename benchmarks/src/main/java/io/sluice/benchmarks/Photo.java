package io.sluice.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A JPEG photograph.
 *
 * @param file where it is; its name is the photograph's name
 */
record Photo(Path file) {
    private static final int MARKER = 0xff;
    private static final int COM = 0xfffe;
    private static final int SOF0 = 0xc0;
    private static final int SOF2 = 0xc2;

    /** The photographs of a folder, by name. */
    static List<Photo> all(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            List<Photo> photos = files.filter(file -> file.getFileName()
                            .toString()
                            .toLowerCase(Locale.ROOT)
                            .matches(".+\\.jpe?g"))
                    .sorted()
                    .map(Photo::new)
                    .toList();
            if (photos.isEmpty()) {
                throw new CannotMeasure("There are no photographs in the folder " + folder.getFileName() + ".");
            }
            return photos;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String name() {
        return file.getFileName().toString();
    }

    byte[] bytes() {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same picture under another digest: a comment of the number stands in front of everything else. */
    byte[] marked(int number) {
        byte[] jpeg = bytes();
        byte[] comment = "pass %08d".formatted(number).getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(jpeg.length + 4 + comment.length)
                .put(jpeg, 0, 2)
                .putShort((short) COM)
                .putShort((short) (2 + comment.length))
                .put(comment)
                .put(jpeg, 2, jpeg.length - 2)
                .array();
    }

    /** Keeps a result. */
    static void keep(Path file, byte[] bytes) {
        try {
            Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether it is stored in several scans, which costs a decoder far more time and memory. */
    boolean progressive() {
        return progressive(bytes());
    }

    static boolean progressive(byte[] jpeg) {
        int at = 2;
        while (at + 4 <= jpeg.length && (jpeg[at] & MARKER) == MARKER) {
            int type = jpeg[at + 1] & 0xff;
            if (type >= SOF0 && type <= SOF2) {
                return type == SOF2;
            }
            at += 2 + (((jpeg[at + 2] & 0xff) << 8) | (jpeg[at + 3] & 0xff));
        }
        throw new IllegalArgumentException("not a JPEG with a frame header");
    }

    /** A copy of the same pixels in one scan, as cameras write it: {@code jpegtran -copy all -optimize}, nothing re-encoded. */
    static List<Photo> baselineCopies(List<Photo> photos, Path folder) {
        String jpegtran = Tools.require("jpegtran", "libjpeg-turbo-progs");
        return photos.stream()
                .map(photo -> {
                    Path copy = folder.resolve(photo.name());
                    Tools.run(List.of(
                            jpegtran,
                            "-copy",
                            "all",
                            "-optimize",
                            "-outfile",
                            copy.toString(),
                            photo.file().toString()));
                    return new Photo(copy);
                })
                .toList();
    }
}
