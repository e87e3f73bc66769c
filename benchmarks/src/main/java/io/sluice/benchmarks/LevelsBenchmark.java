package io.sluice.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.benchmarks.Table.Column;
import io.sluice.optimizer.levels.LevelTable;
import java.io.IOException;
import java.io.InputStream;
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

/** What each egress level saves and costs on one's own photographs, made by the real image-worker: the level table, measured anew. */
final class LevelsBenchmark {
    private static final int WIDTH = 1280;

    /** What level 0 serves, and how much of the traffic each format is taken to be; the same as for the table in force. */
    private static final List<Served> SERVED = List.of(
            new Served("AVIF", "avif", "avif", 60, 0.70),
            new Served("WebP", "webp", "webp", 80, 0.25),
            new Served("JPEG", "jpeg", "jpg", 75, 0.05));

    private final Workspace workspace;
    private final Path photos;
    private final Path folder;

    LevelsBenchmark(Workspace workspace, Options options) {
        this.workspace = workspace;
        this.photos = options.photos().map(Path::toAbsolutePath).orElseGet(workspace::photos);
        this.folder = workspace.freshRun("levels");
    }

    /**
     * @param format as levels.json names it
     * @param extension of its addresses
     */
    private record Served(String title, String format, String extension, int quality, double share) {}

    /**
     * One format at one level.
     *
     * @param kilobytes of a picture, mean
     * @param ssim mean
     */
    private record Measured(int quality, double kilobytes, double ssim) {}

    Report run() {
        Map<String, String> machine = Machine.facts();
        PeerPackages packages = PeerPackages.install(workspace);
        List<Photo> all = Photo.all(photos);
        LevelTable table = table();
        List<List<Measured>> levels = new ArrayList<>();
        try (Installation installation = Installation.start(workspace, folder);
                SluiceConverter converter = new SluiceConverter(installation, packages.libvips(), all.getFirst())) {
            converter.prepare(all);
            ResultQuality quality = new ResultQuality(packages, folder);
            for (int level = 0; level <= table.egress().size(); level++) {
                List<Measured> row = new ArrayList<>();
                for (Served served : SERVED) {
                    row.add(measure(converter, quality, all, served, quality(table, level, served)));
                }
                levels.add(row);
                System.out.println("levels: level " + level + " done");
            }
        }
        return new Report(
                "levels",
                "What does each level save on these photographs, and what does it cost?",
                LocalDate.now(ZoneOffset.UTC),
                "./sluice bench levels" + (photos.equals(workspace.photos()) ? "" : " --photos FOLDER"),
                machine,
                packages.versions(),
                notes(all.size()),
                List.of(table(levels, table, all.size())));
    }

    /** A level only lowers. */
    static int quality(LevelTable table, int level, String format, int asked) {
        Integer cap = level == 0
                ? null
                : table.egress().get(level - 1).caps().quality().get(format);
        return cap == null ? asked : Math.min(asked, cap);
    }

    /** Ratio of bytes saved when each format has its share of the bytes at level 0. */
    static double saved(List<Double> shares, List<Double> bytes, List<Double> bytesAtZero) {
        double left = 0;
        for (int i = 0; i < shares.size(); i++) {
            left += shares.get(i) * bytes.get(i) / bytesAtZero.get(i);
        }
        return 1 - left;
    }

    private static int quality(LevelTable table, int level, Served served) {
        return quality(table, level, served.format(), served.quality());
    }

    private Measured measure(
            SluiceConverter converter, ResultQuality likeness, List<Photo> all, Served served, int quality) {
        Path results = folder.resolve(served.format() + "-" + quality);
        try {
            Files.createDirectories(results);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, Long> bytes =
                converter.convert(all, new Task(served.extension(), WIDTH, quality), Optional.of(results));
        double mean =
                bytes.values().stream().mapToLong(Long::longValue).average().orElseThrow();
        return new Measured(quality, mean / 1000, likeness.ssim(all, results));
    }

    private static Table table(List<List<Measured>> levels, LevelTable inForce, int photos) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int level = 0; level < levels.size(); level++) {
            List<Measured> measured = levels.get(level);
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("level", Integer.toString(level));
            for (int i = 0; i < SERVED.size(); i++) {
                String format = SERVED.get(i).format();
                row.put(format + "Quality", Integer.toString(measured.get(i).quality()));
                row.put(format + "Kilobytes", measured.get(i).kilobytes());
                row.put(format + "Ssim", measured.get(i).ssim());
            }
            row.put(
                    "savedPercent",
                    100
                            * saved(
                                    SERVED.stream().map(Served::share).toList(),
                                    kilobytes(measured),
                                    kilobytes(levels.getFirst())));
            row.put(
                    "inForcePercent",
                    level == 0 ? 0.0 : 100 * inForce.egressLadder().saved().get(level - 1));
            rows.add(row);
        }
        return new Table(
                photos + " photographs, longest side " + WIDTH + " or less; mean of each format", columns(), rows);
    }

    private static List<Double> kilobytes(List<Measured> level) {
        return level.stream().map(Measured::kilobytes).toList();
    }

    private static List<Column> columns() {
        List<Column> columns = new ArrayList<>(List.of(
                new Column("level", "level", "%s"),
                new Column("savedPercent", "saved, %", "%.0f"),
                new Column("inForcePercent", "in levels.json, %", "%.0f")));
        for (Served served : SERVED) {
            String name = served.title();
            columns.add(new Column(served.format() + "Quality", name + " quality", "%s"));
            columns.add(new Column(served.format() + "Kilobytes", name + " kB", "%.1f"));
            columns.add(new Column(served.format() + "Ssim", name + " SSIM", "%.4f"));
        }
        return columns;
    }

    private static List<String> notes(int photos) {
        return List.of(
                "Saved: bytes against level 0, when 70 % of them are AVIF, 25 % WebP and 5 % JPEG: the assumption behind levels.json,"
                        + " whose own savings stand beside (20 other photographs).",
                "Each of the " + photos
                        + " photographs is made by the packaged image-worker at the quality that the level caps."
                        + " Caps of size and pixel ratio are not in it: they save only where clients ask for more.",
                "SSIM: as in the benchmark image. levels.json also states SSIMULACRA2, which this does not measure.");
    }

    private static LevelTable table() {
        try (InputStream file = LevelTable.class.getResourceAsStream("/levels.json")) {
            return new ObjectMapper().readValue(file, LevelTable.class);
        } catch (IOException e) {
            throw new UncheckedIOException("levels.json cannot be read", e);
        }
    }
}
