package io.sluice.gateway.purge;

import io.sluice.gateway.cdns.EdgePath;
import io.sluice.gateway.jobs.Named;
import io.sluice.gateway.vendors.PurgeOperation;
import io.sluice.platform.problem.InvalidRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What to purge, checked and without duplicates.
 *
 * @param operation what the values are
 * @param values paths, directories that end with a slash, or tags
 */
record Scope(PurgeOperation operation, List<String> values) {
    private static final Pattern TAG = Pattern.compile("[a-z0-9:_.-]{1,128}");
    private static final String KINDS = "urls, prefixes, patterns, tags, everything";

    /**
     * @param bases addresses of the CDNs, without ending slashes
     * @param most values
     * @throws InvalidRequest naming the field
     */
    static Scope of(PurgeRequest request, List<String> bases, int most) {
        List<Scope> scopes = new ArrayList<>();
        add(scopes, PurgeOperation.URL, "urls", request.urls(), most, url -> EdgePath.of(url, bases));
        add(scopes, PurgeOperation.PREFIX, "prefixes", request.prefixes(), most, Scope::directory);
        add(scopes, PurgeOperation.PREFIX, "patterns", request.patterns(), most, Scope::pattern);
        add(scopes, PurgeOperation.TAG, "tags", request.tags(), most, Scope::tag);
        if (Boolean.TRUE.equals(request.everything())) {
            scopes.add(new Scope(PurgeOperation.EVERYTHING, List.of()));
        }
        if (scopes.size() != 1) {
            throw new InvalidRequest("urls", "exactly one of " + KINDS + " says what to purge");
        }
        Scope scope = scopes.getFirst();
        if (scope.wide() && !Boolean.TRUE.equals(request.confirm())) {
            throw new InvalidRequest(
                    "confirm",
                    "must be true for prefixes, patterns and everything: they hit more than single addresses");
        }
        return scope;
    }

    /** Whether it may hit more than was named. */
    boolean wide() {
        return operation == PurgeOperation.PREFIX || operation == PurgeOperation.EVERYTHING;
    }

    private static void add(
            List<Scope> scopes,
            PurgeOperation operation,
            String field,
            @Nullable List<String> given,
            int most,
            UnaryOperator<String> checked) {
        if (given == null) {
            return;
        }
        scopes.add(new Scope(operation, Named.values(field, given, most, checked)));
    }

    private static String directory(String prefix) {
        if (!prefix.startsWith("/") || !prefix.endsWith("/")) {
            throw new IllegalArgumentException("must be a directory: a path that starts and ends with /");
        }
        return EdgePath.plain(prefix);
    }

    private static String pattern(String pattern) {
        if (!pattern.endsWith("/*")) {
            throw new IllegalArgumentException(
                    "must end with /*, for no vendor knows other patterns that all know; name "
                            + "single urls or a tag instead");
        }
        return directory(pattern.substring(0, pattern.length() - 1));
    }

    private static String tag(String tag) {
        if (!TAG.matcher(tag).matches()) {
            throw new IllegalArgumentException("must be 1-128 of a-z 0-9 : _ . -");
        }
        return tag;
    }
}
