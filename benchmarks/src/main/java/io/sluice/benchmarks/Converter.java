package io.sluice.benchmarks;

import java.nio.file.Path;
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

    /** The process that does the work. */
    ServerProcess process();

    @Override
    void close();
}
