package io.sluice.image.definition;

import io.sluice.contracts.page.Page;
import io.sluice.platform.problem.InvalidRequest;
import java.util.List;
import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;

/** Pages of things that are in memory by name; the cursor is the last name of the page before. */
final class Pages {
    private static final int MOST = 1_000;

    private Pages() {}

    static <T> Page<T> of(NavigableMap<String, T> all, int limit, @Nullable String cursor) {
        if (limit < 1 || limit > MOST) {
            throw new InvalidRequest("limit", "must be 1-" + MOST);
        }
        NavigableMap<String, T> rest = cursor == null ? all : all.tailMap(cursor, false);
        List<String> names = rest.keySet().stream().limit(limit).toList();
        List<T> items = names.stream().map(rest::get).toList();
        return rest.size() <= limit ? Page.whole(items) : new Page<>(items, names.getLast());
    }
}
