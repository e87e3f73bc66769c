package io.sluice.platform.access;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Knows callers by {@code Authorization: Bearer} (RFC 6750). Tokens are configured as SHA-256 digests, so neither
 * configuration nor memory gives one away, and looking one up by its digest takes the same time for every wrong one. Clients
 * that speak only {@code Basic} (RFC 7617), as many peers of a foreign protocol do, send the token as the password.
 */
@ApplicationScoped
class BearerTokens implements HttpAuthenticationMechanism {
    private static final String SCHEME = "bearer ";
    private static final String BASIC = "basic ";

    private final Map<String, SecurityIdentity> byDigest;

    BearerTokens(AccessConfig config) {
        Map<String, SecurityIdentity> identities = new HashMap<>();
        config.tokens().forEach((name, token) -> {
            String digest = token.sha256().toLowerCase(Locale.ROOT);
            if (!digest.matches("[0-9a-f]{64}")) {
                throw new IllegalArgumentException("sluice.access.tokens." + name + ".sha256 must be 64 hex digits");
            }
            identities.put(digest, identity(name, token.roles()));
        });
        this.byDigest = Map.copyOf(identities);
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager manager) {
        String header = context.request().getHeader("Authorization");
        String token = header == null ? null : token(header);
        if (token == null) {
            return Uni.createFrom().nullItem();
        }
        SecurityIdentity identity = byDigest.get(digest(token));
        return identity == null
                ? Uni.createFrom().failure(new AuthenticationFailedException("unknown token"))
                : Uni.createFrom().item(identity);
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        return Uni.createFrom().item(new ChallengeData(401, "WWW-Authenticate", "Bearer realm=\"sluice\""));
    }

    @Override
    public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
        return Set.of();
    }

    private static @Nullable String token(String header) {
        if (header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return header.substring(SCHEME.length()).trim();
        }
        if (!header.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
            return null;
        }
        try {
            byte[] pair =
                    Base64.getDecoder().decode(header.substring(BASIC.length()).trim());
            String text = new String(pair, StandardCharsets.UTF_8);
            return text.substring(text.indexOf(':') + 1);
        } catch (IllegalArgumentException e) {
            return ""; // no token has this digest: refused
        }
    }

    private static SecurityIdentity identity(String name, Set<String> roles) {
        Set<String> all = new HashSet<>();
        for (String role : roles) {
            switch (role) {
                case Roles.VIEWER -> all.add(Roles.VIEWER);
                case Roles.OPERATOR, Roles.SERVICE -> {
                    all.add(role);
                    all.add(Roles.VIEWER);
                }
                default ->
                    throw new IllegalArgumentException("sluice.access.tokens." + name
                            + ".roles must be of viewer, operator, service; was '" + role + "'");
            }
        }
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(new QuarkusPrincipal(name))
                .addRoles(all)
                .build();
    }

    private static String digest(String token) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every Java platform", e);
        }
    }
}
