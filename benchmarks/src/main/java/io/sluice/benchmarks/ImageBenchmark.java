package io.sluice.benchmarks;

import io.sluice.benchmarks.Table.Column;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** One encode in image-worker beside sharp as a library and ipx as a server: CPU, memory, bytes and likeness. */
final class ImageBenchmark {
    private static final Task WEBP = new Task("webp", 1024, 80);
    private static final Task WARM_UP = new Task("webp", 256, 80);
    private static final int WARM_UP_PASSES = 10;
    private static final Task AVIF = new Task("avif", 1024, 50);

    private final Workspace workspace;
    private final Options options;
    private final Path folder;
    private final PeerPackages packages;

    ImageBenchmark(Workspace workspace, Options options) {
        this.workspace = workspace;
        this.options = options;
        this.folder = workspace.freshRun("image");
        this.packages = PeerPackages.install(workspace);
    }

    /** Photographs of one kind, and what is said of them. */
    private record Sources(String kind, String title, Path folder, List<Photo> photos) {}

    /** One that takes part, its CPU milliseconds for each image by round, and what came out. */
    private record Contestant(Converter converter, List<Double> cpuMillis, Path results, Map<String, Long> bytes) {}

    Report run() {
        Map<String, String> machine = Machine.facts();
        List<Photo> shipped = Photo.all(workspace.photos());
        long progressive = shipped.stream().filter(Photo::progressive).count();
        Path copies = folder("baseline");
        List<Sources> kinds = List.of(
                new Sources(
                        "shipped",
                        "photographs as they are, " + progressive + " of " + shipped.size() + " progressive",
                        workspace.photos(),
                        shipped),
                new Sources(
                        "baseline", "the same pixels as baseline JPEG", copies, Photo.baselineCopies(shipped, copies)));
        List<Table> tables = new ArrayList<>();
        for (Task task : List.of(WEBP, AVIF)) {
            for (Sources sources : kinds) {
                tables.add(table(task, sources));
            }
        }
        return new Report(
                "image",
                "What does one encode cost, beside the library and the server that are used for it?",
                LocalDate.now(ZoneOffset.UTC),
                "./sluice bench image --rounds " + options.rounds(),
                machine,
                packages.versions(),
                notes(shipped.size()),
                tables);
    }

    /** Everybody starts anew, so that peak memory belongs to this table alone. */
    private Table table(Task task, Sources sources) {
        System.out.println("image: " + task.title() + ", " + sources.title());
        List<Photo> photos = sources.photos();
        Path run = folder("run-" + task.format() + "-" + sources.kind());
        List<Converter> converters = new ArrayList<>();
        try (Installation installation = Installation.start(workspace, run)) {
            try {
                converters.add(new SluiceConverter(installation, packages.libvips(), photos.getFirst()));
                converters.addAll(peers(task, sources.folder(), run));
                List<Contestant> contestants = warmedUp(converters, task, photos, run);
                takeTurns(contestants, task, photos);
                return table(task, sources, run, contestants);
            } finally {
                converters.forEach(Converter::close);
            }
        }
    }

    private void takeTurns(List<Contestant> contestants, Task task, List<Photo> photos) {
        for (int round = 0; round < options.rounds(); round++) {
            for (int i = 0; i < contestants.size(); i++) {
                measure(contestants.get((i + round) % contestants.size()), task, photos);
            }
            tell(round, contestants);
        }
    }

    private List<Converter> peers(Task task, Path photos, Path run) {
        return task.equals(WEBP)
                ? List.of(
                        new SharpConverter(packages, run, "sharp, effort 2", Map.of("effort", 2)),
                        new SharpConverter(packages, run, "sharp, its default (effort 4)", Map.of()),
                        new IpxConverter(packages, run, photos, "ipx, effort 2", "{\"webpEffort\":2}"),
                        new IpxConverter(packages, run, photos, "ipx, its default (effort 4)", "{}"))
                : List.of(
                        new SharpConverter(
                                packages,
                                run,
                                "sharp, effort 3, 4:2:0",
                                Map.of("effort", 3, "chromaSubsampling", "4:2:0")),
                        new SharpConverter(packages, run, "sharp, its default (effort 4, 4:4:4)", Map.of()),
                        new IpxConverter(packages, run, photos, "ipx, its default (effort 4, 4:4:4)", "{}"));
    }

    private List<Contestant> warmedUp(List<Converter> converters, Task task, List<Photo> photos, Path run) {
        List<Contestant> contestants = new ArrayList<>();
        for (Converter converter : converters) {
            Path results = folder(run, "results-" + contestants.size());
            for (int pass = 0; pass < WARM_UP_PASSES; pass++) {
                converter.prepare(photos);
                converter.convert(photos, WARM_UP, Optional.empty());
            }
            converter.prepare(photos);
            Map<String, Long> bytes = converter.convert(photos, task, Optional.of(results));
            contestants.add(new Contestant(converter, new ArrayList<>(), results, bytes));
        }
        return contestants;
    }

    private static void measure(Contestant contestant, Task task, List<Photo> photos) {
        ServerProcess process = contestant.converter().process();
        contestant.converter().prepare(photos);
        double before = process.cpuSeconds();
        contestant.converter().convert(photos, task, Optional.empty());
        contestant.cpuMillis().add((process.cpuSeconds() - before) * 1000 / photos.size());
    }

    private static void tell(int round, List<Contestant> contestants) {
        System.out.println("image: round " + (round + 1) + ", CPU ms/image: "
                + contestants.stream()
                        .map(contestant -> contestant.converter().name() + " "
                                + Math.round(contestant.cpuMillis().get(round)))
                        .collect(Collectors.joining(", ")));
    }

    private Table table(Task task, Sources sources, Path run, List<Contestant> contestants) {
        List<Photo> photos = sources.photos();
        double ours = new Rounds(contestants.getFirst().cpuMillis()).median();
        ResultQuality quality = new ResultQuality(packages, run);
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Contestant contestant : contestants) {
            Rounds cpu = new Rounds(contestant.cpuMillis());
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("server", contestant.converter().name());
            row.put("cpuMillisPerImage", cpu);
            row.put("sluiceToThis", ours / cpu.median());
            row.put("peakResidentMebibytes", contestant.converter().process().peakResidentBytes() / (double) (1 << 20));
            row.put(
                    "kilobytesPerImage",
                    contestant.bytes().values().stream()
                                    .mapToLong(Long::longValue)
                                    .sum()
                            / 1000.0
                            / photos.size());
            row.put("ssim", quality.ssim(photos, contestant.results()));
            rows.add(row);
        }
        return new Table(
                task.title() + ": " + sources.title() + "; median (lowest-highest) of " + options.rounds() + " rounds",
                columns(),
                rows);
    }

    private static List<Column> columns() {
        return List.of(
                new Column("server", "", "%s"),
                new Column("cpuMillisPerImage", "CPU ms/image", "%.0f"),
                new Column("sluiceToThis", "Sluice's CPU to this", "%.2f x"),
                new Column("peakResidentMebibytes", "peak RSS MiB", "%.0f"),
                new Column("kilobytesPerImage", "kB/image", "%.1f"),
                new Column("ssim", "SSIM", "%.4f"));
    }

    private static List<String> notes(int photos) {
        return List.of(
                "image-worker encodes WebP with effort 2 and AVIF with effort 3, 4:2:0; its row stands beside peers with"
                        + " equal settings and with their own defaults. It uses the libvips that sharp brings; ipx brings an"
                        + " older one.",
                photos + " photographs a round, " + Lanes.CONCURRENCY
                        + " at a time (AVIF in image-worker: by its queue, "
                        + "one at a time). Before, everybody warms up with " + WARM_UP_PASSES
                        + " rounds of WebP 256 and one of the task; the order changes each round.",
                "CPU is utime + stime of the process, HTTP, hashing and storing included; PostgreSQL, which image-worker's"
                        + " AVIF queue uses, is a process of its own and not counted. image-worker stores each result, ipx"
                        + " and sharp store nothing.",
                "Peak RSS is VmHWM since the process started. image-worker runs with -Xmx192m -XX:+UseSerialGC and"
                        + " MALLOC_ARENA_MAX=2, as in its container image; the peers run with their defaults (sharp without"
                        + " its cache).",
                "SSIM: luma (BT.601), Gaussian window 11 x 11, sigma 1.5, mean over the picture and the photographs, against"
                        + " the photograph decoded in full and scaled to the same size with Lanczos 3.");
    }

    private Path folder(String name) {
        return folder(folder, name);
    }

    private static Path folder(Path parent, String name) {
        try {
            return Files.createDirectories(parent.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
