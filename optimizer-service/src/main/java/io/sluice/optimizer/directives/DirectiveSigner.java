package io.sluice.optimizer.directives;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.Startup;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.sluice.contracts.directive.Axes;
import io.sluice.contracts.directive.Directive;
import io.sluice.contracts.directive.DirectiveSignatures;
import io.sluice.contracts.directive.Mix;
import io.sluice.contracts.directive.SignedDirective;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.security.PrivateKey;
import java.util.Base64;

/** Signs each directive once with Ed25519, over the bytes that travel. A key that cannot be read stops the start. */
@Startup
@Singleton
@RegisterForReflection(
        targets = {
            Directive.class,
            Directive.Actor.class,
            Directive.Reason.class,
            Directive.Rollout.class,
            Axes.class,
            Mix.class,
            SignedDirective.class
        })
public final class DirectiveSigner {
    private final ObjectMapper json;
    private final String kid;
    private final PrivateKey key;

    DirectiveSigner(ObjectMapper json, DirectiveConfig config) {
        this.json = json;
        this.kid = config.signing().kid();
        this.key = DirectiveSignatures.privateKey(config.signing().privateKey());
    }

    /** Signs. */
    public Issued sign(Directive directive) {
        try {
            return new Issued(directive, DirectiveSignatures.seal(json.writeValueAsBytes(directive), kid, key));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a directive cannot be written", e);
        }
    }

    /** Reads one of our own from the database. */
    Issued read(SignedDirective signed) {
        try {
            byte[] payload = Base64.getUrlDecoder().decode(signed.payload());
            return new Issued(json.readValue(payload, Directive.class), signed);
        } catch (IOException e) {
            throw new IllegalStateException("a stored directive cannot be read", e);
        }
    }
}
