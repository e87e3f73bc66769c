package io.sluice.benchmarks;

import io.sluice.contracts.image.AddressSigner;
import io.sluice.contracts.image.Fit;
import io.sluice.contracts.image.ImageFormat;
import io.sluice.contracts.image.Recipe;
import io.sluice.contracts.image.VariantAddress;
import io.sluice.testkit.http.FreePorts;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * image-worker over HTTP, as packaged. Before each pass the photographs are uploaded with another comment, so that every oid is
 * new and every result is encoded, hashed and stored; AVIF is made by the queue in the background, and the pass lasts until all
 * are published.
 */
final class SluiceConverter implements Converter {
    private static final String UNKNOWN_PROFILE = "e0";
    private static final long LONGEST_ENCODE_NANOS = 120_000_000_000L;
    private static final long POLL_NANOS = 200_000_000L;

    private final int port;
    private final String url;
    private final Api api;
    private final AddressSigner signer;
    private final ServerProcess process;
    private final Map<String, String> oids = new HashMap<>();
    private final String profile;
    private int pass;

    SluiceConverter(Installation installation, Path libvips, Photo any) {
        this.port = FreePorts.next();
        this.url = "http://127.0.0.1:" + port;
        this.process = installation.imageWorker(port, libvips, Map.of());
        this.api = installation.api();
        this.signer = installation.signer();
        prepare(List.of(any));
        this.profile = presentProfile(any);
    }

    @Override
    public String name() {
        return "Sluice image-worker";
    }

    @Override
    public void prepare(List<Photo> photos) {
        pass++;
        for (Photo photo : photos) {
            String oid = api.post(url + "/api/v1/images", "image/jpeg", photo.marked(pass))
                    .path("oid")
                    .asText();
            oids.put(photo.name(), oid);
        }
    }

    @Override
    public Map<String, Long> convert(List<Photo> photos, Task task, Optional<Path> results) {
        if (task.format().equals("avif")) {
            photos.forEach(photo -> fetch(address(photo, task, profile)));
        }
        return Lanes.forEach(photos, photo -> {
            byte[] body = task.format().equals("avif")
                    ? published(address(photo, task, profile))
                    : encoded(address(photo, task, profile));
            results.ifPresent(folder -> Photo.keep(folder.resolve(photo.name()), body));
            return (long) body.length;
        });
    }

    /**
     * One task is a plain request, as a browser makes it. Several are one order for each photograph: decoded once, the smaller
     * widths from the largest; lasts until all are stored.
     */
    @Override
    public Map<String, Long> convertSet(List<Photo> photos, List<Task> tasks, Optional<List<Path>> results) {
        if (tasks.size() == 1) {
            return Converter.super.convertSet(photos, tasks, results);
        }
        String format = tasks.getFirst().format();
        Map<String, Object> order = Map.of(
                "collection",
                "photos",
                "formats",
                List.of(format),
                "quality",
                Map.of(format, tasks.getFirst().quality()),
                "widths",
                tasks.stream().map(Task::width).toList());
        photos.forEach(photo -> api.post(url + "/api/v1/images/" + oids.get(photo.name()) + "/variants", order));
        return Lanes.forEach(photos, photo -> {
            awaitReady(url + "/api/v1/images/" + oids.get(photo.name()) + "/variants", order);
            long bytes = 0;
            for (int i = 0; i < tasks.size(); i++) {
                byte[] body = fetch(address(photo, tasks.get(i), profile)).body();
                int index = i;
                results.ifPresent(folders -> Photo.keep(folders.get(index).resolve(photo.name()), body));
                bytes += body.length;
            }
            return bytes;
        });
    }

    /** Asking again for the same set tells whether it is stored. */
    private void awaitReady(String set, Map<String, Object> order) {
        long deadline = System.nanoTime() + LONGEST_ENCODE_NANOS;
        while (System.nanoTime() < deadline) {
            if (api.post(set, order).path("ready").asBoolean()) {
                return;
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        throw new CannotMeasure("image-worker did not make " + set + " within 2 minutes.");
    }

    @Override
    public ServerProcess process() {
        return process;
    }

    @Override
    public void close() {
        api.close();
        process.close();
    }

    private byte[] encoded(VariantAddress address) {
        HttpResponse<byte[]> response = fetch(address);
        String outcome = response.headers().firstValue("Sluice-Outcome").orElse("");
        if (response.statusCode() != 200 || !outcome.equals("origin")) {
            throw new CannotMeasure("image-worker answered " + response.statusCode() + " (" + outcome + ") for "
                    + address + " instead of encoding it.");
        }
        return response.body();
    }

    private byte[] published(VariantAddress address) {
        long deadline = System.nanoTime() + LONGEST_ENCODE_NANOS;
        while (System.nanoTime() < deadline) {
            HttpResponse<byte[]> response = fetch(address);
            if (response.statusCode() == 200) {
                return response.body();
            }
            if (response.statusCode() != 307) {
                throw new CannotMeasure("image-worker answered " + response.statusCode() + " for " + address + ".");
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        throw new CannotMeasure("image-worker did not publish " + address + " within 2 minutes.");
    }

    /** Of this process, on loopback. */
    int port() {
        return port;
    }

    /** The address that a photograph was converted under. */
    String signedPath(Photo photo, Task task) {
        return signer.sign(address(photo, task, profile).path());
    }

    /** An address of a profile that nobody has is answered with the one in force. */
    private String presentProfile(Photo photo) {
        HttpResponse<byte[]> response = fetch(address(photo, new Task("webp", 64, 80), UNKNOWN_PROFILE));
        String location = response.headers().firstValue("Location").orElse("");
        if (response.statusCode() != 307 || location.isEmpty()) {
            throw new CannotMeasure(
                    "image-worker answered " + response.statusCode() + " to an address of an old profile, not 307.");
        }
        return VariantAddress.parse(location.substring(0, location.indexOf('?')))
                .recipe()
                .orElseThrow()
                .profile();
    }

    private VariantAddress address(Photo photo, Task task, String encoderProfile) {
        Recipe recipe = Recipe.of(encoderProfile, task.width(), 0, Fit.INSIDE, task.quality());
        String oid = String.valueOf(oids.get(photo.name()));
        ImageFormat format = ImageFormat.ofExtension(task.format()).orElseThrow();
        return VariantAddress.of("photos", oid, recipe, format);
    }

    private HttpResponse<byte[]> fetch(VariantAddress address) {
        return api.get(url + signer.sign(address.path()), "*/*");
    }
}
