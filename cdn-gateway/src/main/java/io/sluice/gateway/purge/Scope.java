package io.sluice.gateway.purge;

import io.sluice.contracts.problem.Problem.FieldError;
import io.sluice.gateway.vendors.PurgeOperation;
import io.sluice.platform.problem.InvalidRequest;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
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
    private static final Pattern PATH = Pattern.compile("/([!$&'()+,\\-./0-9:;=@A-Z_a-z~]|%[0-9A-Fa-f]{2}){0,1023}");
    private static final Pattern DOTS = Pattern.compile(".*/\\.{1,2}(/.*)?");
    private static final Pattern TAG = Pattern.compile("[a-z0-9:_.-]{1,128}");
    private static final String KINDS = "urls, prefixes, patterns, tags, everything";

    /**
     * @param bases addresses of the CDNs, without ending slashes
     * @param most values
     * @throws InvalidRequest naming the field
     */
    static Scope of(PurgeRequest request, List<String> bases, int most) {
        List<Scope> scopes = new ArrayList<>();
        add(scopes, PurgeOperation.URL, "urls", request.urls(), most, url -> path(url, bases));
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
        if (given.isEmpty() || given.size() > most) {
            throw new InvalidRequest(field, "must be 1-" + most + " values");
        }
        Set<String> values = new LinkedHashSet<>();
        List<FieldError> errors = new ArrayList<>();
        for (int i = 0; i < given.size() && errors.size() < 10; i++) {
            try {
                values.add(checked.apply(given.get(i)));
            } catch (IllegalArgumentException e) {
                errors.add(new FieldError(field + "[" + i + "]", String.valueOf(e.getMessage())));
            }
        }
        if (!errors.isEmpty()) {
            throw new InvalidRequest(errors);
        }
        scopes.add(new Scope(operation, List.copyOf(values)));
    }

    private static String path(String url, List<String> bases) {
        String path = url;
        if (!url.startsWith("/")) {
            path = bases.stream()
                    .filter(base -> url.startsWith(base + "/"))
                    .map(base -> url.substring(base.length()))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(
                            "must be a path that starts with / or an address of one of the CDNs"));
        }
        int query = path.indexOf('?');
        return plain(query < 0 ? path : path.substring(0, query));
    }

    private static String directory(String prefix) {
        if (!prefix.startsWith("/") || !prefix.endsWith("/")) {
            throw new IllegalArgumentException("must be a directory: a path that starts and ends with /");
        }
        return plain(prefix);
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

    private static String plain(String path) {
        if (!PATH.matcher(path).matches()
                || path.contains("//")
                || DOTS.matcher(path).matches()) {
            throw new IllegalArgumentException(
                    "must be a percent-encoded path of at most 1024 characters without *, #, " + "// and dot segments");
        }
        return path;
    }
}
