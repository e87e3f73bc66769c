package io.sluice.image.imports;

import io.sluice.contracts.image.Names;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Body of {@code POST /api/v1/imports}: either a root or urls.
 *
 * @param root name of a configured folder
 * @param prefix folder below it, ending with a slash; absent: all of it
 * @param collection to which the sources belong
 * @param tags cache tags of each of them, at most 20; absent: none
 * @param dryRun whether to say what would be done and keep nothing, of a folder alone; absent: false
 * @param urls 1-1000 of them, their paths all different
 */
public record ImportRequest(
        @Schema(description = "name of a folder in sluice.image.sources.roots") @Nullable
        String root,

        @Schema(description = "folder below it, ending with a slash; absent: all of it") @Nullable
        String prefix,

        @Schema(description = "1-63 of a-z 0-9 _ -", required = true)
        String collection,

        @Schema(description = "cache tags of each source: 1-64 of a-z 0-9 : _ . -, at most 20") @Nullable
        List<String> tags,

        @Schema(description = "look at every file and keep nothing; absent: false") @Nullable
        Boolean dryRun,

        @Schema(description = "instead of root: 1-1000 images below the configured origins") @Nullable
        List<UrlItem> urls) {
    private static final int MOST_URLS = 1_000;
    private static final int MOST_TAGS = 20;

    public ImportRequest {
        if ((root == null) == (urls == null) || (root != null && root.isBlank())) {
            throw new IllegalArgumentException("either root or urls is required");
        }
        if (urls != null) {
            urls = checked(urls, prefix, dryRun);
        }
        if (prefix != null && !prefix.isEmpty() && !folder(prefix)) {
            throw new IllegalArgumentException(
                    "prefix must be segments, each ending with /, none empty, . or .., as in 2026/summer/");
        }
        if (collection == null || !Names.isCollection(collection)) {
            throw new IllegalArgumentException("collection must be 1-63 of a-z 0-9 _ -, not starting with a sign");
        }
        tags = tags == null ? List.of() : List.copyOf(tags);
        if (tags.size() > MOST_TAGS || !tags.stream().allMatch(Names::isTag)) {
            throw new IllegalArgumentException(
                    "tags may be " + MOST_TAGS + " at the most, each 1-64 of a-z 0-9 : _ . -");
        }
    }

    private static List<UrlItem> checked(List<UrlItem> urls, @Nullable String prefix, @Nullable Boolean dryRun) {
        if (urls.isEmpty() || urls.size() > MOST_URLS) {
            throw new IllegalArgumentException("urls must be 1-" + MOST_URLS);
        }
        if (prefix != null || Boolean.TRUE.equals(dryRun)) {
            throw new IllegalArgumentException("prefix and dryRun are of folders, not of urls");
        }
        if (urls.stream().map(UrlItem::pathOrDefault).distinct().count() < urls.size()) {
            throw new IllegalArgumentException("urls must have a path each that no other one has");
        }
        return List.copyOf(urls);
    }

    private static boolean folder(String prefix) {
        return prefix.endsWith("/") && Names.isPath(prefix.substring(0, prefix.length() - 1));
    }

    String folder() {
        return prefix == null ? "" : prefix;
    }

    List<UrlItem> urlList() {
        return urls == null ? List.of() : urls;
    }

    boolean dry() {
        return Boolean.TRUE.equals(dryRun);
    }

    List<String> tagList() {
        return tags == null ? List.of() : tags;
    }
}
