package io.sluice.image.sources;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.NameBinding;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Asks PostgreSQL before the feed of changes begins: a stream that has begun cannot say 503, so that a follower who comes too
 * early would get neither an answer nor a time to come back.
 */
@ApplicationScoped
class FeedStart {
    private final SourceStore store;

    FeedStart(SourceStore store) {
        this.store = store;
    }

    /** Marks the feed. */
    @NameBinding
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.METHOD)
    @interface Checked {}

    @Checked
    @ServerRequestFilter
    Uni<Void> check() {
        return store.newest().replaceWithVoid();
    }
}
