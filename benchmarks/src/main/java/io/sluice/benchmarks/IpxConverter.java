package io.sluice.benchmarks;

import io.sluice.testkit.http.FreePorts;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** ipx over HTTP, reading the photographs from their folder. It stores no results. */
final class IpxConverter implements Converter {
    private final String name;
    private final String url;
    private final ServerProcess process;
    private final Api api = new Api("");

    /** @param sharpOptions JSON for ipx's option of that name; {@code {}} for its defaults */
    IpxConverter(PeerPackages packages, Path folder, Path photos, String name, String sharpOptions) {
        this.name = name;
        int port = FreePorts.next();
        this.url = "http://127.0.0.1:" + port + "/";
        List<String> command = new ArrayList<>(packages.command("ipx.mjs"));
        command.addAll(List.of(Integer.toString(port), photos.toString(), sharpOptions));
        this.process =
                ServerProcess.start("ipx-" + port, folder, command, Map.of()).awaitAnswer(url, 400);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void prepare(List<Photo> photos) {
        // ipx stores nothing.
    }

    @Override
    public Map<String, Long> convert(List<Photo> photos, Task task, Optional<Path> results) {
        String modifiers = "w_" + task.width() + ",f_" + task.format() + ",q_" + task.quality() + "/";
        return Lanes.forEach(photos, photo -> {
            HttpResponse<byte[]> response = api.get(url + modifiers + photo.name(), "*/*");
            if (response.statusCode() != 200) {
                throw new CannotMeasure(
                        "ipx answered " + response.statusCode() + " for " + modifiers + photo.name() + ".");
            }
            results.ifPresent(folder -> Photo.keep(folder.resolve(photo.name()), response.body()));
            return (long) response.body().length;
        });
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
