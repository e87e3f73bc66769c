package io.sluice.platform.aws;

import org.jspecify.annotations.Nullable;

/**
 * Who signs.
 *
 * @param accessKey public id of the key
 * @param secretKey never logged
 * @param sessionToken of temporary credentials, else null
 */
public record AwsCredentials(
        String accessKey, String secretKey, @Nullable String sessionToken) {
    public AwsCredentials {
        if (accessKey.isBlank() || secretKey.isBlank()) {
            throw new IllegalArgumentException("access key and secret key must not be blank");
        }
    }

    @Override
    public String toString() {
        return "AwsCredentials[" + accessKey + ']';
    }
}
