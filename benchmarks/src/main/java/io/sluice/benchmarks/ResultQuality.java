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
        List<JsonNode> sizes = pixels(photos.stream()
                .map(photo -> order(results.resolve(photo.name()), made(photo), 0, 0))
                .toList());
        double sum = 0;
        for (int i = 0; i < photos.size(); i++) {
            int width = sizes.get(i).path("width").asInt();
            double[] reference =
                    reference(photos.get(i), width, sizes.get(i).path("height").asInt());
            sum += Ssim.of(luma(made(photos.get(i))), reference, width);
        }
        return sum / photos.size();
    }

    private Path made(Photo photo) {
        return folder.resolve(photo.name() + ".rgb");
    }

    /** Made once for each photograph and size: everybody is held against the same. */
    private double[] reference(Photo photo, int width, int height) {
        Path target = folder.resolve(photo.name() + "-" + width + "x" + height + ".rgb");
        if (!Files.exists(target)) {
            pixels(List.of(order(photo.file(), target, width, height)));
        }
        return luma(target);
    }

    private List<JsonNode> pixels(List<Map<String, Object>> wanted) {
        try {
            Path orders = folder.resolve("orders.json");
            Files.writeString(orders, JSON.writeValueAsString(wanted));
            List<String> command = new ArrayList<>(packages.command("pixels.mjs"));
            command.add(orders.toString());
            List<JsonNode> sizes = new ArrayList<>();
            JSON.readTree(Tools.run(command)).forEach(sizes::add);
            return sizes;
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
