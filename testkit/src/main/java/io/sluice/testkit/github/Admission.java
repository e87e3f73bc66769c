package io.sluice.testkit.github;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whom GitHub lets in, and what it says to the others. */
record Admission(RecordedGitHub.Options options) {
    private static final Set<String> VERSIONS = Set.of("2022-11-28", "2026-03-10");

    /** The refusal, or null when the call may go on. */
    @Nullable
    Reply refuse(HttpExchange exchange) {
        Headers headers = exchange.getRequestHeaders();
        if (!exchange.getRequestMethod().equals("GET")) {
            return Reply.error(404, "Not Found");
        }
        if (headers.getFirst("User-Agent") == null) {
            return Reply.error(
                    403,
                    "Request forbidden by administrative rules. Please make sure your request has a User-Agent header");
        }
        String token = token(headers.getFirst("Authorization"));
        if (options.tokensWithoutPermission().contains(token)) {
            return Reply.error(403, "Resource not accessible by personal access token")
                    .with(Map.of("X-Accepted-GitHub-Permissions", "organization_administration=read"));
        }
        if (!options.token().equals(token)) {
            return Reply.error(401, token.isEmpty() ? "Requires authentication" : "Bad credentials");
        }
        String version = headers.getFirst("X-GitHub-Api-Version");
        if (version != null && !VERSIONS.contains(version)) {
            return Reply.error(400, "The requested API version is not supported: " + version);
        }
        String accept = headers.getFirst("Accept");
        if (accept == null || !(accept.contains("application/vnd.github") || accept.contains("application/json"))) {
            return Reply.error(415, "Unsupported 'Accept' header: must accept 'application/json'.");
        }
        return null;
    }

    private static String token(@Nullable String authorization) {
        if (authorization == null) {
            return "";
        }
        int blank = authorization.indexOf(' ');
        String scheme = blank < 0 ? "" : authorization.substring(0, blank);
        return scheme.equalsIgnoreCase("bearer") || scheme.equalsIgnoreCase("token")
                ? authorization.substring(blank + 1).trim()
                : "";
    }
}
