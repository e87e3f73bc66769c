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
import java.util.stream.Stream;

/** One encode in image-worker beside sharp as a library and ipx as a server: CPU, memory, bytes and likeness. */
final class ImageBenchmark {
    private static final Task WEBP = new Task("webp", 1024, 80);
    private static final Task WARM_UP = new Task("webp", 256, 80);
    private static final int WARM_UP_PASSES = 20;
    private static final Task AVIF = new Task("avif", 1024, 50);
    private static final List<Task> FOUR_SIZES = Stream.of(2048, 1024, 512, 256)
            .map(width -> new Task("webp", width, 80))
            .toList();

    /** Where our AVIF has the bytes of ipx's default, whose libvips tunes for another measure. */
    private static final int EQUAL_BYTES = 48;

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
    private record Contestant(
            Converter converter, List<Double> cpuMillis, List<Path> results, Map<String, Long> bytes) {}

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
        for (List<Task> tasks : List.of(List.of(WEBP), FOUR_SIZES, List.of(AVIF))) {
            for (Sources sources : kinds) {
                tables.add(table(tasks, sources));
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
    private Table table(List<Task> tasks, Sources sources) {
        System.out.println("image: " + title(tasks) + ", " + sources.title());
        List<Photo> photos = sources.photos();
        Task task = tasks.getFirst();
        Path run = folder("run-" + tasks.size() + task.format() + "-" + sources.kind());
        List<Converter> converters = new ArrayList<>();
        try (Installation installation = Installation.start(workspace, run)) {
            try {
                Converter ours = new SluiceConverter(installation, packages.libvips(), photos.getFirst());
                converters.add(ours);
                if (task.equals(AVIF)) {
                    converters.add(new OtherQuality(ours, EQUAL_BYTES));
                }
                converters.addAll(peers(tasks, sources.folder(), run));
                List<Contestant> contestants = warmedUp(converters, tasks, photos, run);
                takeTurns(contestants, tasks, photos);
                return table(tasks, sources, contestants, run);
            } finally {
                converters.forEach(Converter::close);
            }
        }
    }

    private void takeTurns(List<Contestant> contestants, List<Task> tasks, List<Photo> photos) {
        for (int round = 0; round < options.rounds(); round++) {
            for (int i = 0; i < contestants.size(); i++) {
                measure(contestants.get((i + round) % contestants.size()), tasks, photos);
            }
            tell(round, contestants);
        }
    }

    private List<Converter> peers(List<Task> tasks, Path photos, Path run) {
        return tasks.getFirst().format().equals("webp")
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

    private List<Contestant> warmedUp(List<Converter> converters, List<Task> tasks, List<Photo> photos, Path run) {
        List<Contestant> contestants = new ArrayList<>();
        for (Converter converter : converters) {
            int number = contestants.size();
            List<Path> results = tasks.stream()
                    .map(task -> folder(run, "results-" + number + "-" + task.width()))
                    .toList();
            for (int pass = 0; pass < WARM_UP_PASSES; pass++) {
                converter.prepare(photos);
                converter.convert(photos, WARM_UP, Optional.empty());
            }
            converter.prepare(photos);
            Map<String, Long> bytes = converter.convertSet(photos, tasks, Optional.of(results));
            contestants.add(new Contestant(converter, new ArrayList<>(), results, bytes));
        }
        return contestants;
    }

    private static void measure(Contestant contestant, List<Task> tasks, List<Photo> photos) {
        ServerProcess process = contestant.converter().process();
        contestant.converter().prepare(photos);
        double before = process.cpuSeconds();
        contestant.converter().convertSet(photos, tasks, Optional.empty());
        contestant.cpuMillis().add((process.cpuSeconds() - before) * 1000 / photos.size());
    }

    private static void tell(int round, List<Contestant> contestants) {
        System.out.println("image: round " + (round + 1) + ", CPU ms/image: "
                + contestants.stream()
                        .map(contestant -> contestant.converter().name() + " "
                                + Math.round(contestant.cpuMillis().get(round)))
                        .collect(Collectors.joining(", ")));
    }

    private Table table(List<Task> tasks, Sources sources, List<Contestant> contestants, Path run) {
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
            row.put(
                    "ssim",
                    contestant.results().stream()
                            .mapToDouble(results -> quality.ssim(photos, results))
                            .average()
                            .orElseThrow());
            rows.add(row);
        }
        return new Table(
                title(tasks) + ": " + sources.title() + "; median (lowest-highest) of " + options.rounds() + " rounds",
                columns(),
                rows);
    }

    private static String title(List<Task> tasks) {
        return tasks.size() == 1
                ? tasks.getFirst().title()
                : "WebP in four sizes, "
                        + tasks.stream()
                                .map(task -> Integer.toString(task.width()))
                                .collect(Collectors.joining(", "))
                        + ", quality " + tasks.getFirst().quality();
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
                "Peak RSS is VmHWM since the process started. image-worker runs with -Xms32m -Xmn12m -Xmx96m -XX:+UseSerialGC and"
                        + " MALLOC_ARENA_MAX=2, as in its container image; the peers run with their defaults (sharp without"
                        + " its cache).",
                "Four sizes: bytes of all four together, SSIM their mean. image-worker is asked once for each photograph and works"
                        + " its queue off one job at a time, what the queue itself costs it included; the peers decode once"
                        + " for each size.",
                "AVIF: sharp 0.35 tunes libaom for SSIMULACRA2 (tune=iq), as image-worker does through the same libvips; ipx"
                        + " 3.1.1 brings an older one that does not. At quality " + EQUAL_BYTES
                        + " image-worker has the bytes of ipx's default.",
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
