package io.sluice.image.blob;

import io.sluice.platform.aws.SigV4;
import java.net.URI;
import java.time.Duration;

/**
 * Where a bucket is and how it is reached.
 *
 * @param endpoint scheme, host and port of the service
 * @param region as it is signed
 * @param name of the bucket
 * @param prefix before every key: empty, or ending with {@code /}
 * @param pathStyle bucket in the path; else before the host
 * @param timeout of one request
 */
public record Bucket(
        URI endpoint, String region, String name, String prefix, boolean pathStyle, SigV4.Key key, Duration timeout) {
    public Bucket {
        if (endpoint.getHost() == null
                || !("https".equals(endpoint.getScheme()) || "http".equals(endpoint.getScheme()))
                || !endpoint.getRawPath().replace("/", "").isEmpty()) {
            throw new IllegalArgumentException("an endpoint is https://{host}[:{port}], not " + endpoint);
        }
        if (!name.matches("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")) {
            throw new IllegalArgumentException("not the name of a bucket: " + name);
        }
        if (!prefix.matches("([A-Za-z0-9._-]+/)*")) {
            throw new IllegalArgumentException(
                    "a prefix is segments of A-Z a-z 0-9 . _ -, each ending with /: " + prefix);
        }
    }

    boolean tls() {
        return "https".equals(endpoint.getScheme());
    }

    int port() {
        return endpoint.getPort() > 0 ? endpoint.getPort() : tls() ? 443 : 80;
    }

    String host() {
        return pathStyle ? endpoint.getHost() : name + '.' + endpoint.getHost();
    }

    /** The header {@code Host}. */
    String authority() {
        return port() == (tls() ? 443 : 80) ? host() : host() + ':' + port();
    }

    /** What comes before a key in the path. */
    String base() {
        return pathStyle ? '/' + name + '/' : "/";
    }
}
