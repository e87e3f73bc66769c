package io.sluice.gateway.cdns;

import io.sluice.platform.aws.SigV4;
import io.sluice.platform.problem.InvalidRequest;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;

/** The configured secrets by name. */
@Singleton
public class Credentials {
    private final Map<String, CredentialsConfig.Secret> byName;

    Credentials(CredentialsConfig config) {
        this.byName = Map.copyOf(config.byName());
    }

    /** The token that a CDN's credential names; empty when it names none or none is configured by that name. */
    public Optional<String> token(Vendor vendor) {
        return secret(vendor).flatMap(CredentialsConfig.Secret::token);
    }

    /** The AWS key that a CDN's credential names. */
    public Optional<SigV4.Key> awsKey(Vendor vendor) {
        return secret(vendor)
                .flatMap(secret -> secret.accessKeyId()
                        .flatMap(id -> secret.secretAccessKey()
                                .map(key -> new SigV4.Key(
                                        id, key, secret.sessionToken().orElse(null)))));
    }

    /** Refuses a CDN whose credential is not configured, and says which keys to set. */
    void require(Vendor vendor) {
        String name = vendor.credential();
        if (name == null) {
            return;
        }
        boolean aws = vendor.kind() == VendorKind.CLOUDFRONT;
        if (aws ? awsKey(vendor).isEmpty() : token(vendor).isEmpty()) {
            String prefix = "sluice.gateway.credentials." + name;
            throw new InvalidRequest(
                    "credential",
                    "names no configured secret; set " + prefix
                            + (aws ? ".access-key-id and .secret-access-key" : ".token"));
        }
    }

    private Optional<CredentialsConfig.Secret> secret(Vendor vendor) {
        return Optional.ofNullable(vendor.credential()).map(byName::get);
    }
}
