package io.sluice.alerting.intake;

import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.sluice.platform.access.Roles;
import io.smallrye.mutiny.Uni;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;

/** Lets callers of {@code /api/v2} without credentials in when they come from a configured network. */
@ApplicationScoped
class NetworkAccess implements HttpAuthenticationMechanism {
    private final Networks networks;
    private final SecurityIdentity neighbour = QuarkusSecurityIdentity.builder()
            .setPrincipal(new QuarkusPrincipal("network"))
            .addRole(Roles.VIEWER)
            .addRole(Roles.SERVICE)
            .build();

    NetworkAccess(IntakeConfig config) {
        this.networks = new Networks(config.networks());
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager manager) {
        SocketAddress caller = context.request().remoteAddress();
        boolean known = context.request().getHeader("Authorization") == null
                && context.normalizedPath().startsWith("/api/v2/")
                && caller != null
                && caller.hostAddress() != null
                && networks.contain(caller.hostAddress());
        return known ? Uni.createFrom().item(neighbour) : Uni.createFrom().nullItem();
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        return Uni.createFrom().item(new ChallengeData(401, "WWW-Authenticate", "Bearer realm=\"sluice\""));
    }

    @Override
    public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
        return Set.of();
    }
}
