package io.sluice.alerting.outbox;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.health.api.Wellness;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

/** Says which channels are on and which destinations are in trouble; always up, for alerts are kept meanwhile. */
@Wellness
@ApplicationScoped
class ChannelsHealth implements AsyncHealthCheck {
    private final Channels channels;
    private final NotificationStore store;

    ChannelsHealth(Channels channels, NotificationStore store) {
        this.channels = channels;
        this.store = store;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        HealthCheckResponseBuilder builder =
                HealthCheckResponse.named("channels").up();
        channels.all()
                .forEach(channel -> builder.withData(
                        channel.name(), channel.configured() ? "on" : "off: no destination is configured"));
        return store.troubles()
                .invoke(troubles -> troubles.forEach(trouble -> builder.withData(
                        trouble.channel(), trouble.failures() + " failed attempts, the last: " + trouble.lastError())))
                .replaceWithVoid()
                .onFailure()
                .recoverWithNull()
                .map(done -> builder.build());
    }
}
