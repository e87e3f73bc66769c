package io.sluice.image.storage;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a sweep has found so far. For one thread. */
final class Findings {
    private static final int EXAMPLES = 5;

    private final Map<Cause, Tally> byCause = new EnumMap<>(Cause.class);
    private final Map<Place, Tally> usage = new HashMap<>();
    private long examined;

    /** Where bytes are accounted. */
    record Place(String bucket, String owner, String format) {}

    /** Objects and bytes. */
    static final class Tally {
        private long objects;
        private long bytes;
        private final List<String> examples = new ArrayList<>();

        long objects() {
            return objects;
        }

        long bytes() {
            return bytes;
        }

        private void add(long more) {
            objects++;
            bytes += more;
        }
    }

    void examined() {
        examined++;
    }

    void goes(Cause cause, String name, long bytes) {
        Tally tally = byCause.computeIfAbsent(cause, c -> new Tally());
        tally.add(bytes);
        if (tally.examples.size() < EXAMPLES) {
            tally.examples.add(name);
        }
    }

    void lies(Place place, long bytes) {
        usage.computeIfAbsent(place, p -> new Tally()).add(bytes);
    }

    long examinedSoFar() {
        return examined;
    }

    Map<Place, Tally> usage() {
        return Map.copyOf(usage);
    }

    List<Collected> collected() {
        List<Collected> collected = new ArrayList<>();
        byCause.forEach((cause, tally) ->
                collected.add(new Collected(cause.token(), tally.objects, tally.bytes, tally.examples)));
        return collected;
    }
}
