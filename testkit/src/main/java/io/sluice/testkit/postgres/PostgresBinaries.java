package io.sluice.testkit.postgres;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.stream.Stream;
import org.tukaani.xz.XZInputStream;

/** PostgreSQL's programs, unpacked once from the jar that Maven Central carries them in. */
final class PostgresBinaries {
    private static final int BLOCK = 512;

    private PostgresBinaries() {}

    /** The folder that holds {@code bin}, {@code lib} and {@code share}; unpacked into {@code cache} when it is not there. */
    static Path in(Path cache) throws IOException {
        String archive = "/postgres-linux-" + machine() + ".txz";
        Path home = cache.resolve("postgresql-18.6.0-" + machine());
        if (Files.isExecutable(home.resolve("bin/postgres"))) {
            return home;
        }
        Files.createDirectories(cache);
        Path fresh = Files.createTempDirectory(cache, "unpacking");
        Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rwxr-xr-x"));
        try (InputStream packed = PostgresBinaries.class.getResourceAsStream(archive)) {
            if (packed == null) {
                throw new IOException("there is no PostgreSQL for this machine in the build (" + archive + ")");
            }
            untar(new BufferedInputStream(new XZInputStream(packed), 1 << 16), fresh);
        }
        try {
            Files.move(fresh, home, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException | java.nio.file.DirectoryNotEmptyException e) {
            delete(fresh); // another process was faster
        }
        return home;
    }

    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }

    private static String machine() throws IOException {
        String arch = System.getProperty("os.arch");
        return switch (arch) {
            case "amd64", "x86_64" -> "x86_64";
            case "aarch64", "arm64" -> "arm_64";
            default -> throw new IOException("there is no PostgreSQL for " + arch + " in the build");
        };
    }

    private static void untar(InputStream tar, Path target) throws IOException {
        String longName = null;
        while (true) {
            byte[] header = tar.readNBytes(BLOCK);
            if (header.length < BLOCK || header[0] == 0) {
                return;
            }
            long size = octal(header, 124, 12);
            char type = (char) header[156];
            String name = longName == null ? name(header) : longName;
            longName = null;
            if (type == 'L') {
                longName = new String(tar.readNBytes((int) size), StandardCharsets.UTF_8).replace("\0", "");
            } else {
                entry(tar, target, header, name, type, size);
            }
            tar.skipNBytes((BLOCK - size % BLOCK) % BLOCK);
        }
    }

    private static void entry(InputStream tar, Path target, byte[] header, String name, char type, long size)
            throws IOException {
        Path path = target.resolve(name).normalize();
        if (!path.startsWith(target)) {
            throw new IOException("entry leaves the folder: " + name);
        }
        switch (type) {
            case '5' -> Files.createDirectories(path);
            case '2' -> {
                parents(path);
                Files.createSymbolicLink(path, Path.of(text(header, 157, 100)));
            }
            case '0', '\0' -> {
                parents(path);
                Files.write(path, tar.readNBytes(Math.toIntExact(size)));
                boolean executable = (octal(header, 100, 8) & 0100) != 0;
                Files.setPosixFilePermissions(
                        path, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
            }
            default -> tar.skipNBytes(size);
        }
    }

    private static void parents(Path path) throws IOException {
        Path parent = path.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
    }

    private static String name(byte[] header) {
        String name = text(header, 0, 100);
        boolean ustar = text(header, 257, 5).equals("ustar");
        String prefix = ustar ? text(header, 345, 155) : "";
        return prefix.isEmpty() ? name : prefix + '/' + name;
    }

    private static String text(byte[] header, int from, int length) {
        int end = from;
        while (end < from + length && header[end] != 0) {
            end++;
        }
        return new String(header, from, end - from, StandardCharsets.UTF_8);
    }

    private static long octal(byte[] header, int from, int length) {
        String digits = text(header, from, length).trim();
        return digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
    }
}
