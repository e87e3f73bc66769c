package io.sluice.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The peers from npm, exactly as locked in {@code benchmarks/peers}, installed beside the other data of benchmarks.
 *
 * @param folder with the scripts and {@code node_modules}
 */
record PeerPackages(Path folder) {
    private static final List<String> FILES =
            List.of("package.json", "package-lock.json", "sharp.mjs", "ipx.mjs", "pixels.mjs");

    /** Installs them when they are not there yet. */
    static PeerPackages install(Workspace workspace) {
        Path folder = workspace.installedPeers();
        try {
            Files.createDirectories(folder);
            Path lock = folder.resolve("package-lock.json");
            boolean present = Files.exists(folder.resolve("node_modules/.package-lock.json"))
                    && Files.exists(lock)
                    && Files.mismatch(lock, workspace.peers().resolve("package-lock.json")) < 0;
            for (String file : FILES) {
                Files.copy(workspace.peers().resolve(file), folder.resolve(file), StandardCopyOption.REPLACE_EXISTING);
            }
            if (!present) {
                System.out.println("Installing the peers from npm ..");
                Tools.run(List.of(
                        Tools.require("npm", "npm"),
                        "ci",
                        "--ignore-scripts",
                        "--no-audit",
                        "--no-fund",
                        "--prefix",
                        folder.toString()));
            }
            return new PeerPackages(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("The peers cannot be installed", e);
        }
    }

    /** The libvips that came with sharp: image-worker is given the same file, so that both have the same codecs. */
    Path libvips() {
        return libvips(modules());
    }

    /** Name and version of everything that is measured. */
    Map<String, String> versions() {
        Path ofIpx = modules().resolve("ipx/node_modules");
        Map<String, String> versions = new LinkedHashMap<>();
        versions.put("node", Tools.run(List.of(node(), "--version")).strip());
        versions.put("sharp", version(modules(), "sharp") + " (libvips " + libvipsVersion(modules()) + ")");
        versions.put(
                "ipx",
                version(modules(), "ipx") + " (sharp " + version(ofIpx, "sharp") + ", libvips " + libvipsVersion(ofIpx)
                        + ")");
        return versions;
    }

    /** Command that runs one of the scripts. */
    List<String> command(String script) {
        return List.of(node(), folder.resolve(script).toString());
    }

    private Path modules() {
        return folder.resolve("node_modules");
    }

    private static String node() {
        return Tools.require("node", "nodejs, 20.9 or newer");
    }

    private static String version(Path modules, String name) {
        try {
            return new ObjectMapper()
                    .readTree(modules.resolve(name).resolve("package.json").toFile())
                    .path("version")
                    .asText();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String libvipsVersion(Path modules) {
        String file = String.valueOf(libvips(modules).getFileName());
        return file.substring(file.indexOf(".so.") + 4);
    }

    private static Path libvips(Path modules) {
        Path packages = modules.resolve("@img");
        try (Stream<Path> files = Files.find(
                packages, 3, (path, found) -> path.getFileName().toString().startsWith("libvips-cpp.so."))) {
            return files.findFirst()
                    .orElseThrow(() -> new CannotMeasure("sharp has no libvips for this machine's processor."));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
