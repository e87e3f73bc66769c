package io.sluice.platform.aws;

import java.util.Map;

/**
 * A request to be signed.
 *
 * @param method upper case
 * @param host as in the header {@code Host}: with the port unless it is the scheme's own
 * @param path absolute, percent-encoded as it will be sent ({@link SigV4#encode}), without dot segments
 * @param query names and values, not encoded
 * @param headers further headers to be signed, other than {@code Host} and those that signing adds
 * @param payloadSha256 of the body, lower-case hex ({@link SigV4#EMPTY} when there is none)
 */
public record AwsRequest(
        String method,
        String host,
        String path,
        Map<String, String> query,
        Map<String, String> headers,
        String payloadSha256) {
    public AwsRequest {
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException("path must begin with a slash");
        }
        query = Map.copyOf(query);
        headers = Map.copyOf(headers);
    }
}
