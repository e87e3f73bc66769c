package io.sluice.testkit.s3;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * S3Proxy (Apache-2.0) and what it needs, fetched by Maven into the cache: its libraries are others than ours, so it gets a
 * process of its own and never stands on a class path of the build.
 */
final class S3ProxyJars {
    private static final String VERSION = "2.6.0";
    private static final String PROJECT = """
            <project xmlns="http://maven.apache.org/POM/4.0.0">
              <modelVersion>4.0.0</modelVersion>
              <groupId>io.sluice</groupId><artifactId>s3proxy-fetch</artifactId><version>1</version>
              <dependencies>
                <dependency><groupId>org.gaul</groupId><artifactId>s3proxy</artifactId><version>%s</version></dependency>
              </dependencies>
            </project>
            """.formatted(VERSION);

    private S3ProxyJars() {}

    /** The folder of the jars. */
    static Path folder(Path cache) throws IOException {
        Path home = cache.resolve("s3proxy-" + VERSION);
        if (Files.isDirectory(home)) {
            return home;
        }
        Files.createDirectories(cache);
        Path fresh = Files.createTempDirectory(cache, "s3proxy");
        try {
            Files.writeString(fresh.resolve("pom.xml"), PROJECT);
            maven(fresh);
            Files.move(fresh.resolve("jars"), home, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException | DirectoryNotEmptyException e) {
            // Another process was faster.
        } finally {
            delete(fresh);
        }
        return home;
    }

    private static void maven(Path folder) throws IOException {
        Path wrapper = wrapper();
        Path log = folder.resolve("log");
        Process process = new ProcessBuilder(
                        wrapper.toString(),
                        "-q",
                        "-B",
                        "-f",
                        folder.resolve("pom.xml").toString(),
                        "dependency:copy-dependencies",
                        "-DoutputDirectory=" + folder.resolve("jars"))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            if (!process.waitFor(3, TimeUnit.MINUTES) || process.exitValue() != 0) {
                process.destroyForcibly();
                List<String> lines = Files.readAllLines(log, StandardCharsets.UTF_8);
                throw new IOException(
                        "Maven cannot fetch S3Proxy: " + String.join(" ", lines).strip());
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while Maven fetched S3Proxy", e);
        }
    }

    /** The wrapper of this repository, whose modules are one or two folders below it. */
    private static Path wrapper() throws IOException {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            if (Files.isRegularFile(folder.resolve("mvnw"))) {
                return folder.resolve("mvnw");
            }
        }
        throw new IOException("there is no mvnw above " + Path.of("").toAbsolutePath());
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
