package io.sluice.testkit.libvips;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The prebuilt libvips that the sharp project publishes on npm (LGPL-3.0-or-later), pinned by version and SHA-512. */
final class NpmLibvips {
    private static final String VERSION = "1.3.4";

    /** As {@code npm view @img/sharp-libvips-{platform}@1.3.4 dist.integrity} printed on 2026-11-21. */
    private static final Map<String, String> INTEGRITY = Map.of(
            "linux-x64",
            "GJ//SSXbnwSDes02umB3nDJLFcQzw8a18V8fyhqr6tV515tOEMdImjjxj1AoafMRz56F3PHgftnj1QEKSU1zkw==",
            "linux-arm64",
            "Y3dgX/6lE2QhQb+Gxy0WZxfg9MEm/JBjamZpS2IklP7xIQoKN4hzAm7KcMVGtaVDt3neE9OKBC7vAfonA/Lr1A==");

    private NpmLibvips() {}

    /** The library in the cache, if it was fetched before. */
    static Optional<Path> cached(Path cache) {
        Path lib = home(cache).resolve("lib");
        if (!Files.isDirectory(lib)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.list(lib)) {
            return files.filter(file -> file.getFileName().toString().startsWith("libvips-cpp.so"))
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Fetches, checks and unpacks the package. */
    static Path fetch(Path cache) throws IOException {
        String integrity = INTEGRITY.get(platform());
        if (integrity == null) {
            throw new IOException("there is none for this platform");
        }
        Files.createDirectories(cache);
        Path fresh = Files.createTempDirectory(cache, "libvips");
        try {
            String name = "@img/sharp-libvips-" + platform() + "@" + VERSION;
            run(fresh, "npm", "pack", "--silent", name);
            Path archive = archive(fresh);
            if (!sha512(archive).equals(integrity)) {
                throw new IOException("what npm gave for " + name + " is not what was published");
            }
            run(fresh, "tar", "xzf", archive.getFileName().toString());
            Files.createDirectories(home(cache).getParent());
            Files.move(fresh.resolve("package"), home(cache), StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException | java.nio.file.DirectoryNotEmptyException e) {
            // Another process was faster.
        } finally {
            delete(fresh);
        }
        return cached(cache).orElseThrow(() -> new IOException("the package has no library"));
    }

    private static Path home(Path cache) {
        return cache.resolve("libvips").resolve("sharp-" + VERSION + "-" + platform());
    }

    private static Path archive(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".tgz"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("npm gave no package"));
        }
    }

    private static String platform() {
        return switch (System.getProperty("os.arch")) {
            case "amd64", "x86_64" -> "linux-x64";
            case "aarch64", "arm64" -> "linux-arm64";
            default -> "unknown";
        };
    }

    private static void run(Path folder, String... command) throws IOException {
        Process process = new ProcessBuilder(List.of(command))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (!process.waitFor(2, TimeUnit.MINUTES) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IOException(command[0] + " failed: " + output.strip());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(command[0] + " was interrupted", e);
        }
    }

    private static String sha512(Path file) throws IOException {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-512").digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-512 is part of every Java platform", e);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
