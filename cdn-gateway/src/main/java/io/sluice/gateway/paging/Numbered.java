package io.sluice.gateway.paging;

import io.sluice.contracts.page.Page;
import io.sluice.platform.problem.InvalidRequest;
import io.sluice.platform.problem.UnknownResource;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Resources that PostgreSQL numbers, listed newest first: their ids are numbers, and so are cursors. */
public final class Numbered {
    private static final int MAX_LIMIT = 1000;
    private static final Pattern ID = Pattern.compile("[0-9]{1,18}");
    private static final Pattern KEY = Pattern.compile("[!-~]{1,128}");

    private Numbered() {}

    /** The number behind a cursor; null for the first page. */
    public static @Nullable Long before(@Nullable String cursor) {
        if (cursor != null && !ID.matcher(cursor).matches()) {
            throw new InvalidRequest("cursor", "must be what the last page gave as next");
        }
        return cursor == null ? null : Long.valueOf(cursor);
    }

    /** Checks a limit; one more than it tells whether there is another page. */
    public static int oneMore(int limit) {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new InvalidRequest("limit", "must be 1-" + MAX_LIMIT);
        }
        return limit + 1;
    }

    /** A page of what was found with {@link #oneMore}. */
    public static <T> Page<T> page(List<T> found, int limit, Function<T, String> id) {
        return found.size() <= limit
                ? Page.whole(found)
                : new Page<>(found.subList(0, limit), id.apply(found.get(limit - 1)));
    }

    /** The number of an id; what is no number is unknown. */
    public static long number(String kind, String id) {
        if (!ID.matcher(id).matches()) {
            throw new UnknownResource(kind, id);
        }
        return Long.parseLong(id);
    }

    /** Checks an {@code Idempotency-Key}. */
    public static void checkKey(@Nullable String key) {
        if (key != null && !KEY.matcher(key).matches()) {
            throw new InvalidRequest("Idempotency-Key", "must be 1-128 printable characters");
        }
    }
}
