package io.sluice.image.imports;

import io.sluice.contracts.image.Names;
import java.net.URI;
import java.net.URISyntaxException;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A URL to import.
 *
 * @param url of an image below one of the configured origins
 * @param path of the source that it becomes; absent: the URL's own path, decoded, without its first slash
 */
public record UrlItem(
        @Schema(description = "of an image below one of the configured origins", required = true)
        String url,

        @Schema(description = "of the source; absent: the URL's own path, decoded") @Nullable
        String path) {
    private static final int LONGEST = 2_048;

    public UrlItem {
        if (url == null || url.isBlank() || url.length() > LONGEST) {
            throw new IllegalArgumentException("urls need a url each, of " + LONGEST + " characters at the most");
        }
        if (!Names.isPath(path == null ? pathOf(url) : path)) {
            throw new IllegalArgumentException("urls: " + url
                    + " needs a path of its own: segments joined by /, none empty, . or .., at most 1024 characters");
        }
    }

    String pathOrDefault() {
        return path == null ? pathOf(url) : path;
    }

    private static String pathOf(String url) {
        try {
            String path = new URI(url).getPath();
            return path == null ? "" : path.substring(Math.min(1, path.length()));
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("urls: '" + url + "' is not a URL: " + e.getReason(), e);
        }
    }
}
