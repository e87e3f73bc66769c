package io.sluice.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How much a folder of results looks like the photographs they were made of. */
final class ResultQuality {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final PeerPackages packages;
    private final Path folder;

    /** @param folder for pixels of the moment */
    ResultQuality(PeerPackages packages, Path folder) {
        this.packages = packages;
        this.folder = folder;
    }

    /** Mean {@link Ssim} over all photographs, against the photograph decoded in full and scaled with Lanczos 3. */
    double ssim(List<Photo> photos, Path results) {
        Path made = folder.resolve("made.rgb");
        Path reference = folder.resolve("reference.rgb");
        double sum = 0;
        for (Photo photo : photos) {
            JsonNode size = pixels(order(results.resolve(photo.name()), made, 0, 0));
            int width = size.path("width").asInt();
            pixels(order(photo.file(), reference, width, size.path("height").asInt()));
            sum += Ssim.of(luma(made), luma(reference), width);
        }
        return sum / photos.size();
    }

    private JsonNode pixels(Map<String, Object> order) {
        try {
            Path orders = folder.resolve("orders.json");
            Files.writeString(orders, JSON.writeValueAsString(List.of(order)));
            List<String> command = new ArrayList<>(packages.command("pixels.mjs"));
            command.add(orders.toString());
            return JSON.readTree(Tools.run(command)).path(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Object> order(Path source, Path target, int width, int height) {
        Map<String, Object> order = new LinkedHashMap<>();
        order.put("source", source.toString());
        order.put("target", target.toString());
        order.put("width", width);
        order.put("height", height);
        return order;
    }

    private static double[] luma(Path rgb) {
        try {
            return Ssim.luma(Files.readAllBytes(rgb));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
