package io.sluice.benchmarks;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Somebody who makes small pictures of photographs, in a process that can be measured. */
interface Converter extends AutoCloseable {
    /** Who, and with which settings. */
    String name();

    /** Gets ready for the next pass, before its cost is counted. */
    void prepare(List<Photo> photos);

    /**
     * Converts all photographs, two at a time, really each time: nothing is taken from a cache. {@link #prepare} comes before.
     *
     * @param results where the results are to be kept; empty when only the work counts
     * @return bytes of each result by the photograph's name
     */
    Map<String, Long> convert(List<Photo> photos, Task task, Optional<Path> results);

    /**
     * Converts all photographs to several widths, two photographs at a time; by default one width after the other.
     *
     * @param results folder of each task's results, in the order of the tasks
     * @return bytes of all results together by the photograph's name
     */
    default Map<String, Long> convertSet(List<Photo> photos, List<Task> tasks, Optional<List<Path>> results) {
        Map<String, Long> bytes = new HashMap<>();
        for (int i = 0; i < tasks.size(); i++) {
            int index = i;
            convert(photos, tasks.get(i), results.map(folders -> folders.get(index)))
                    .forEach((name, length) -> bytes.merge(name, length, Long::sum));
        }
        return bytes;
    }

    /** The process that does the work. */
    ServerProcess process();

    @Override
    void close();
}
