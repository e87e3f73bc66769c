package io.sluice.benchmarks;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Somebody once more, in the same process, at another quality than the task's: numbers of two encoders that are tuned
 * otherwise do not mean the same, so beside equal numbers stand equal bytes.
 *
 * @param who does it
 * @param quality instead of the task's
 */
record OtherQuality(Converter who, int quality) implements Converter {
    @Override
    public String name() {
        return who.name() + " at quality " + quality;
    }

    @Override
    public void prepare(List<Photo> photos) {
        who.prepare(photos);
    }

    @Override
    public Map<String, Long> convert(List<Photo> photos, Task task, Optional<Path> results) {
        return who.convert(photos, new Task(task.format(), task.width(), quality), results);
    }

    @Override
    public ServerProcess process() {
        return who.process();
    }

    @Override
    public void close() {
        // whoever does the work ends it
    }
}
