package io.sluice.launcher;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Brings the sample photographs from their origin into Sluice: uploads each and names it in the collection {@code photos}. */
final class Seeding {
    static final String COLLECTION = "photos";

    private Seeding() {}

    static void run(Layout layout, Ports ports, Secrets secrets, PhotoOriginClient origin) {
        Api api = new Api(secrets.token("operator"));
        String worker = "http://127.0.0.1:" + ports.service(Service.IMAGE_WORKER);
        try (Stream<Path> files = Files.list(layout.photos())) {
            List<String> names = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".jpg"))
                    .sorted()
                    .toList();
            for (String name : names) {
                seed(api, worker, name, origin.fetch(name));
            }
        } catch (IOException e) {
            throw new Remedy("The sample photographs could not be brought in: " + e.getMessage() + ".", e);
        }
    }

    private static void seed(Api api, String worker, String name, byte[] bytes) throws IOException {
        Api.Answer known = api.get(worker + "/api/v1/sources/" + COLLECTION + "/" + name);
        if (known.status() == 200) {
            return;
        }
        Api.Answer uploaded = api.send(
                "POST",
                worker + "/api/v1/images",
                Map.of("Content-Type", "image/jpeg"),
                BodyPublishers.ofByteArray(bytes));
        require(uploaded, "upload of " + name);
        Api.Answer named = api.send(
                "PUT",
                worker + "/api/v1/sources/" + COLLECTION + "/" + name,
                Map.of("oid", uploaded.json().path("oid").asText(), "tags", List.of("sample")));
        require(named, "naming of " + name);
    }

    private static void require(Api.Answer answer, String what) throws IOException {
        if (answer.status() / 100 != 2) {
            throw new IOException(what + " was answered " + answer.status() + " "
                    + new String(answer.response().body(), java.nio.charset.StandardCharsets.UTF_8));
        }
    }
}
