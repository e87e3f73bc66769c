package io.sluice.image.vips;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What decides a variant's bytes beside its recipe: libvips and the codecs it brought into the process, each as the file's
 * name (which carries the version) and size. Linux tells from {@code /proc/self/maps}; elsewhere only libvips itself counts.
 */
final class LibraryIdentity {
    private static final Path MAPS = Path.of("/proc/self/maps");
    private static final Pattern CODEC = Pattern.compile(
            "lib(vips|webp|sharpyuv|aom|heif|jpeg|turbojpeg|png|spng|imagequant|lcms|rav1e|SvtAv1|x265|de265|dav1d)"
                    + "[^/]*\\.so.*|vips-[a-z]+\\.so");

    private LibraryIdentity() {}

    /** One sorted line for each file. */
    static String of(Path library) {
        Collection<String> files = new TreeSet<>();
        files.add(describe(library));
        try {
            for (String line : Files.readAllLines(MAPS, StandardCharsets.UTF_8)) {
                int path = line.indexOf('/');
                if (path >= 0) {
                    Path file = Path.of(line.substring(path));
                    if (CODEC.matcher(String.valueOf(file.getFileName())).matches()) {
                        files.add(describe(file));
                    }
                }
            }
        } catch (IOException e) {
            // Not Linux: the library's own name and size have to do.
        }
        return String.join("\n", files);
    }

    private static String describe(Path file) {
        try {
            Path real = file.toRealPath();
            return real.getFileName() + " " + Files.size(real);
        } catch (IOException e) {
            return String.valueOf(file.getFileName());
        }
    }
}
