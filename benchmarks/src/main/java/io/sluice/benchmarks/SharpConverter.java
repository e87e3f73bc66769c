package io.sluice.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.testkit.http.FreePorts;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** sharp as a library in a Node process that does nothing else. */
final class SharpConverter implements Converter {
    private final String name;
    private final Map<String, Object> settings;
    private final String url;
    private final ServerProcess process;
    private final Api api = new Api("");

    /** @param settings of the encoder over sharp's defaults, for example {@code effort} */
    SharpConverter(PeerPackages packages, Path folder, String name, Map<String, Object> settings) {
        this.name = name;
        this.settings = settings;
        int port = FreePorts.next();
        this.url = "http://127.0.0.1:" + port + "/";
        List<String> command = new java.util.ArrayList<>(packages.command("sharp.mjs"));
        command.add(Integer.toString(port));
        this.process =
                ServerProcess.start("sharp-" + port, folder, command, Map.of()).awaitAnswer(url, 204);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void prepare(List<Photo> photos) {
        // sharp is told to cache nothing.
    }

    @Override
    public Map<String, Long> convert(List<Photo> photos, Task task, Optional<Path> results) {
        Map<String, Object> outputs = new LinkedHashMap<>();
        for (Photo photo : photos) {
            outputs.put(
                    photo.file().toString(),
                    results.map(folder -> folder.resolve(photo.name()).toString())
                            .orElse(null));
        }
        Map<String, Object> options = new HashMap<>(settings);
        options.put("quality", task.quality());
        JsonNode lengths = api.put(
                url, Map.of("format", task.format(), "options", options, "width", task.width(), "outputs", outputs));
        Map<String, Long> bytes = new HashMap<>();
        photos.forEach(photo ->
                bytes.put(photo.name(), lengths.path(photo.file().toString()).asLong()));
        return bytes;
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
}
